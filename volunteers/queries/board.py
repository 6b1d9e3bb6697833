"""The phone team at this moment: callers, lists and what blocks them, outcomes, help, the registry's clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour

from ridings.queries.codes import live_ridings
from supporters.models import User
from volunteers.enums import Blocked, Channel, ListState, MembershipState, Outcome
from volunteers.models import Attempt, ContactList, HelpRequest, Lease, RegistryFiling, Team, TrainerDuty
from volunteers.queries.queue import QueueState, queue_state
from volunteers.queries.results import Counts, counted, counts_of
from volunteers.rules.registry import Filing, filing_state

HOURS_SHOWN = timedelta(hours=8)
DAY = timedelta(days=1)
MOST_LATE = 20


@dataclass(frozen=True)
class CallerNow:
    """Somebody who holds a call; no voter is named."""

    user_id: int
    name: str
    list_name: str
    riding: str
    since: datetime
    dialled_at: datetime | None
    seen_at: datetime


@dataclass(frozen=True)
class Waiting:
    """How many contacts are in one way blocked, or ready."""

    label: str
    count: int


@dataclass(frozen=True)
class ListNow:
    """A list with its queue."""

    pk: int
    name: str
    state: str
    state_label: str
    can_pause: bool
    can_start: bool
    ready: int
    waiting: tuple[Waiting, ...]
    next_ready_at: datetime | None


@dataclass(frozen=True)
class Hour:
    """Calls of one hour, and how many of them were conversations."""

    begins: datetime
    calls: int
    conversations: int


@dataclass(frozen=True)
class Late:
    """What somebody sent in after the call had gone to somebody else: to be looked at."""

    by: str
    label: str
    riding: str
    happened_at: datetime
    received_at: datetime


@dataclass(frozen=True)
class FilingNow:
    """Where the filing with the Voter Contact Registry stands."""

    period: str
    due_at: datetime
    state: Filing


@dataclass(frozen=True)
class Board:
    """The whole board at one moment."""

    at: datetime
    callers: tuple[CallerNow, ...]
    lists: tuple[ListNow, ...]
    day: Counts
    hours: tuple[Hour, ...]
    outcomes: tuple[Waiting, ...]
    help: tuple[HelpRequest, ...]
    duties: tuple[TrainerDuty, ...]
    late: tuple[Late, ...]
    filings: tuple[FilingNow, ...]


def board_page(*, now: datetime, everywhere: bool = False) -> Board:
    """Return the board of the national phone team, or with `everywhere` that of every phone list for organizers."""
    lists = _lists(everywhere)
    attempts = Attempt.objects.filter(channel=Channel.PHONE)
    attempts = attempts if everywhere else attempts.filter(team__in=Team.objects.filter(riding_number=None))
    today = attempts.filter(happened_at__gt=now - DAY)
    return Board(
        at=now,
        callers=_callers(lists, now),
        lists=tuple(_list(row, now) for row in lists.order_by("name", "pk")),
        day=counts_of(today),
        hours=_hours(attempts.filter(happened_at__gt=now - HOURS_SHOWN)),
        outcomes=_outcomes(today),
        help=tuple(
            HelpRequest.objects.filter(closed_at=None)
            .select_related("caller", "taken_by")
            .order_by("asked_at")
        ),
        duties=tuple(
            TrainerDuty.objects.filter(ended_at=None).select_related("trainer").order_by("began_at")
        ),
        late=_late(attempts.filter(received_at__gt=now - 7 * DAY)),
        filings=filings(now),
    )


def list_on_board(pk: int) -> ContactList | None:
    """Return a list of the national phone team; one of a riding is none of the board's."""
    return _lists(everywhere=False).filter(pk=pk).first()


def caller_on_board(pk: int) -> User | None:
    """Return a member of the national phone team."""
    return User.objects.filter(
        pk=pk,
        memberships__team__riding_number=None,
        memberships__team__closed_at=None,
        memberships__state=MembershipState.ACTIVE,
    ).first()


def own_duty(user: User) -> TrainerDuty | None:
    """Return since when a trainer is on duty."""
    return TrainerDuty.objects.filter(trainer=user, ended_at=None).first()


def filings(now: datetime) -> tuple[FilingNow, ...]:
    """Return the filings that are still to be made."""
    rows = RegistryFiling.objects.filter(filed_on=None).select_related("period").order_by("due_at")
    return tuple(
        FilingNow(row.period.name, row.due_at, filing_state(row.filed_on, row.due_at, now)) for row in rows
    )


def _lists(everywhere: bool) -> QuerySet[ContactList]:  # noqa: FBT001
    rows = ContactList.objects.filter(channel=Channel.PHONE).exclude(state=ListState.CLOSED)
    return rows if everywhere else rows.filter(riding_number=None)


def _callers(lists: QuerySet[ContactList], now: datetime) -> tuple[CallerNow, ...]:
    held = Lease.objects.filter(
        contact__contact_list__in=lists.values("pk"), ended_at=None, expires_at__gt=now
    ).select_related("caller", "contact__contact_list")
    rows = list(held.order_by("issued_at"))
    names = _names(row.contact.riding_number for row in rows)
    return tuple(
        CallerNow(
            user_id=row.caller_id,
            name=row.caller.name or row.caller.email,
            list_name=row.contact.contact_list.name,
            riding=names[row.contact.riding_number],
            since=row.issued_at,
            dialled_at=row.dialled_at,
            seen_at=row.heartbeat_at,
        )
        for row in rows
    )


def _list(row: ContactList, now: datetime) -> ListNow:
    queue: QueueState = queue_state(row, now=now)
    return ListNow(
        pk=row.pk,
        name=row.name,
        state=row.state,
        state_label=row.get_state_display(),
        can_pause=row.state == ListState.ACTIVE,
        can_start=row.state in {ListState.PAUSED, ListState.DRAFT},
        ready=queue.ready,
        waiting=tuple(Waiting(str(Blocked(why).label), count) for why, count in queue.blocked),
        next_ready_at=queue.next_ready_at,
    )


def _hours(attempts: QuerySet[Attempt]) -> tuple[Hour, ...]:
    talked = Q(outcome=Outcome.ANSWERED)
    rows = (
        counted(attempts)
        .annotate(hour=TruncHour("happened_at"))
        .values("hour")
        .annotate(calls=Count("pk"), talks=Count("pk", filter=talked))
        .order_by("-hour")
    )
    return tuple(Hour(row["hour"], row["calls"], row["talks"]) for row in rows)


def _outcomes(attempts: QuerySet[Attempt]) -> tuple[Waiting, ...]:
    rows = counted(attempts).values("outcome").annotate(found=Count("pk")).order_by("-found", "outcome")
    return tuple(Waiting(str(Outcome(row["outcome"]).label), row["found"]) for row in rows)


def _late(attempts: QuerySet[Attempt]) -> tuple[Late, ...]:
    rows = list(attempts.filter(is_late=True).select_related("by").order_by("-received_at")[:MOST_LATE])
    names = _names(row.riding_number for row in rows)
    return tuple(
        Late(
            by=(row.by.name or row.by.email) if row.by else "—",
            label=row.get_outcome_display(),
            riding=names[row.riding_number],
            happened_at=row.happened_at,
            received_at=row.received_at,
        )
        for row in rows
    )


def _names(numbers: Iterable[int]) -> dict[int, str]:
    wanted = set(numbers)
    ridings = live_ridings(sorted(wanted))
    return {number: ridings[number].name if number in ridings else str(number) for number in wanted}
