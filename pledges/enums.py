"""Vocabulary of joining a party and of voting together."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Zone(TextChoices):
    """The clock by which a party's deadlines run.

    Source: tz database, release 2026a, zones of Canada.
    """

    NEWFOUNDLAND = "America/St_Johns", _("Newfoundland time")
    ATLANTIC = "America/Halifax", _("Atlantic time")
    EASTERN = "America/Toronto", _("Eastern time")
    CENTRAL = "America/Winnipeg", _("Central time")
    SASKATCHEWAN = "America/Regina", _("Saskatchewan time")
    MOUNTAIN = "America/Edmonton", _("Mountain time")
    PACIFIC = "America/Vancouver", _("Pacific time")


class Reminder(TextChoices):
    """The moments at which those who asked are reminded."""

    JOIN_WEEK = "join_week", _("a week before the last day to join")
    JOIN_DAY = "join_day", _("the day before the last day to join")
    VOTE_OPEN = "vote_open", _("when the vote opens")
    VOTE_LAST = "vote_last", _("the day before the vote closes")


class Suspicion(TextChoices):
    """Why a report is looked at before it counts; never told to whoever sent it."""

    HONEYPOT = "honeypot", _("filled in a field that people do not see")
    BLOCKED = "blocked", _("matches an address rule")


class VoterStatus(TextChoices):
    """Whether somebody who pledges can vote in the coming election.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 3: citizens who are 18 on polling day.
    """

    VOTER = "voter", _("can vote")
    TOO_YOUNG = "young", _("not yet: under 18 on polling day")
    NO_CITIZEN = "newcomer", _("not yet: not a Canadian citizen")


class RoundState(TextChoices):
    """Where a recommendation round stands; the allowed moves are in `rules/round_states.py`."""

    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, being counted")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


class BallotMethod(TextChoices):
    """How people mark their ballots; the values are those of `rules/counting.py`."""

    SINGLE = "single", _("one choice")
    RANKED = "ranked", _("ranked (instant run-off)")
    APPROVAL = "approval", _("approval (any number of options)")


class ResultReason(TextChoices):
    """Why a round ended as it did; the values are those of `rules/outcome.py`."""

    RECOMMENDED = "recommended", _("recommended")
    NOBODY_CHOSEN = "nobody_chosen", _("“no recommendation yet” was chosen")
    TIE = "tie", _("tie")
    BELOW_THRESHOLD = "below_threshold", _("below the threshold")
    QUORUM_MISSED = "quorum_missed", _("quorum missed")
    TOO_FEW = "too_few", _("too few ballots to show")
    NO_CANDIDATE_LEFT = "no_candidate_left", _("every candidate withdrew")
    WITHDRAWN_DECIDES = "withdrawn_decides", _("a withdrawal could have decided it")
    LIFTED = "lifted", _("lifted: the candidate withdrew")


class RoundMail(TextChoices):
    """What people are written about a round; each is the name of its templates."""

    BALLOT = "ballot_open", _("the ballot is open")
    REMINDER = "ballot_reminder", _("two days left")
    WITHDRAWAL = "ballot_withdrawal", _("a candidate withdrew")
    CANCELLED = "ballot_cancelled", _("the round is cancelled")
    RESULT = "recommendation_result", _("the result")
    LIFTED = "recommendation_lifted", _("the recommendation is lifted")


# Fewer ballots than this are never shown, whatever the organizers set.
LEAST_BALLOTS_SHOWN = 5
# Purpose of the short code in a pledger's personal link.
REFERRAL = "pledges.referral"
# The riding number under which counts stand for those whose riding is not known.
UNKNOWN_RIDING = 0


class VoteReminder(TextChoices):
    """The moments at which those who pledged are reminded to vote."""

    ADVANCE = "advance", _("when advance polls open")
    EVE = "eve", _("the day before the election")
    DAY = "day", _("on the morning of the election")


class LineState(TextChoices):
    """What became of a line keyed in from paper."""

    WAITING = "waiting", _("waits for review")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class LineFlag(TextChoices):
    """What organizers look at before they accept a line."""

    SAME_ADDRESS = "address", _("this e-mail has pledged already")
    SAME_PERSON = "person", _("this name and postal code are there already")
    OTHER_RIDING = "riding", _("the postal code lies outside this riding")
