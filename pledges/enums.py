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
