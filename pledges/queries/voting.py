"""The coming election: when each riding votes, whom to remind, who told us that they voted."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pledges.enums import UNKNOWN_RIDING, VoterStatus
from pledges.models import ElectionCalendar, Pledge, VotingHours, VotingReply
from pledges.rules.voting import (
    ElectionDays,
    PollHours,
    VoteMail,
    election_days,
    is_all_closed,
    mails_anywhere,
    takes_replies,
    vote_mails,
)
from ridings.enums import VotingBand
from ridings.queries.clocks import RidingClock, riding_clocks
from ridings.queries.polling_day import PollingDay
from ridings.rules.clocks import Clock, band_on
from ridings.rules.voting_hours import HoursRow, hours_in_force, local_moment
from supporters.enums import EntryState
from supporters.models import Supporter
from supporters.queries import Records

# Fewer are not shown: a handful of people in a riding could be told apart.
FEWEST_SHOWN = 10
# By then it is over in every zone of the country.
LONGEST_NIGHT = timedelta(days=1)


@dataclass(frozen=True)
class RidingVote:
    """When a riding votes: names in both languages, band of hours, hours by its clock."""

    riding: RidingClock
    band: VotingBand
    hours: PollHours


@dataclass(frozen=True)
class VotePage:
    """What the page behind “I voted” shows; `is_open` while it can be told."""

    polling_on: date
    supporter_id: int
    has_voted: bool
    is_stopped: bool
    is_open: bool


def current_calendar() -> ElectionCalendar | None:
    """Return the election of the active campaign, if organizers have entered it."""
    return _calendars().first()


def riding_votes(polling_on: date) -> dict[int, RidingVote]:
    """Return when each riding in force votes, by FED number."""
    rows = _hours()
    found = {}
    for number, riding in riding_clocks().items():
        band = band_on(riding.clock, polling_on)
        opens, closes = hours_in_force(rows, number=number, band=band, polling_on=polling_on)
        found[number] = RidingVote(riding, band, PollHours(riding.clock.zone, opens, closes))
    return found


def polling_day(*, riding_number: int, clock: Clock) -> PollingDay | None:
    """Return when a riding votes, as organizers entered it; None where they entered no election."""
    calendar = current_calendar()
    if calendar is None:
        return None
    on, band = calendar.polling_on, band_on(clock, calendar.polling_on)
    _opens, closes = hours_in_force(_hours(), number=riding_number, band=band, polling_on=on)
    return PollingDay(on, clock.zone, local_moment(on, closes, clock.zone))


def _hours() -> list[HoursRow]:
    columns = ("band", "riding_number", "in_force_from", "opens_at", "closes_at")
    return [HoursRow(*row) for row in VotingHours.objects.order_by("pk").values_list(*columns)]


def mails_by_riding(days: ElectionDays, votes: dict[int, RidingVote]) -> dict[int, tuple[VoteMail, ...]]:
    """Return the reminders of every riding; those of people whose riding is not known stand under 0."""
    found = {number: vote_mails(days, vote.hours) for number, vote in votes.items()}
    found[UNKNOWN_RIDING] = mails_anywhere(days, {vote.hours for vote in votes.values()})
    return found


def pledges_to_remind(polling_on: date) -> QuerySet[Pledge]:
    """Return the confirmed pledges of people who can vote, read our mail, and said neither “I voted” nor “no more”."""
    replies = VotingReply.objects.filter(pledge=OuterRef("pk"), polling_on=polling_on)
    answered = Exists(replies.filter(Q(voted_at__isnull=False) | Q(stopped_at__isnull=False)))
    rows = Pledge.objects.filter(
        state=EntryState.CONFIRMED,
        voter_status=VoterStatus.VOTER,
        supporter__email_confirmed_at__isnull=False,
    )
    return rows.exclude(answered)


def pledgers_by_riding(polling_on: date, known: Collection[int]) -> "Counter[int]":
    """Count those to remind by riding; 0 stands for everybody who is in none of the known ones."""
    rows = pledges_to_remind(polling_on).values("riding_number").annotate(number=Count("pk"))
    found: Counter[int] = Counter()
    for riding, number in rows.order_by("riding_number").values_list("riding_number", "number"):
        found[riding if riding is not None and riding in known else UNKNOWN_RIDING] += number
    return found


def in_riding(rows: QuerySet[Pledge], number: int, known: frozenset[int]) -> QuerySet[Pledge]:
    """Return those of a riding; 0 stands for everybody who is in none of the known ones."""
    if number != UNKNOWN_RIDING:
        return rows.filter(riding_number=number)
    return rows.filter(Q(riding_number__isnull=True) | ~Q(riding_number__in=known))


def vote_page(pledge_id: int, polling_on: date, now: datetime) -> VotePage | None:
    """Return what the page shows; None if the pledge was taken back or its owner erased."""
    pledge = Pledge.objects.filter(pk=pledge_id, state=EntryState.CONFIRMED, supporter__isnull=False).first()
    if pledge is None or pledge.supporter_id is None:
        return None
    reply = VotingReply.objects.filter(pledge=pledge, polling_on=polling_on).first()
    return VotePage(
        polling_on=polling_on,
        supporter_id=pledge.supporter_id,
        has_voted=reply is not None and reply.voted_at is not None,
        is_stopped=reply is not None and reply.stopped_at is not None,
        is_open=takes_replies(days_of(polling_on), now),
    )


def days_of(polling_on: date) -> ElectionDays:
    """Return the days of an election by its polling day; those of a former or moved one are the law's."""
    calendar = current_calendar()
    if calendar is not None and calendar.polling_on == polling_on:
        return calendar.days
    return election_days(polling_on)


def voted_count(now: datetime, riding_number: int | None = None) -> int | None:
    """Return how many told us that they voted, in all or in a riding; None until the last polls of the country are closed.

    None too where they are so few that somebody could be told apart. One query, but on polling day and the day after.
    """
    calendar = _calendars().annotate(told=_told(riding_number)).first()
    if calendar is None or not calendar.is_called or now.date() < calendar.polling_on:
        return None
    if now.date() <= calendar.polling_on + LONGEST_NIGHT:
        everywhere = {vote.hours for vote in riding_votes(calendar.polling_on).values()}
        if not is_all_closed(calendar.days, everywhere, now):
            return None
    return calendar.told if calendar.told >= FEWEST_SHOWN else None


def _calendars() -> QuerySet[ElectionCalendar]:
    return ElectionCalendar.objects.filter(campaign__is_active=True).select_related("campaign")


def _told(riding_number: int | None) -> Coalesce:
    """Count the replies to the reminders of a calendar's election."""
    polling_on = Coalesce(OuterRef("moved_to"), OuterRef("campaign__election_on"))
    replies = VotingReply.objects.filter(polling_on=polling_on, voted_at__isnull=False)
    if riding_number is not None:
        replies = replies.filter(riding_number=riding_number)
    counts = replies.order_by().values("polling_on").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts), 0)


def records_of(*, supporter: Supporter) -> Records:
    """Return what is kept of a person's answers to reminders to vote, for them to see and take away."""
    replies = VotingReply.objects.filter(pledge__supporter=supporter).order_by("polling_on")
    rows = tuple(
        (reply.polling_on.isoformat(), _moment(reply.voted_at), _moment(reply.stopped_at))
        for reply in replies
    )
    return Records(_("Election"), (_("Polling day"), _("“I voted”"), _("No more reminders")), rows)


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
