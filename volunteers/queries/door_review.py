"""What leaders of a riding see of its doors: results by turf, contradictions, what came late, refusals and contacts since."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from supporters.models import User
from volunteers.enums import CONVERSATIONS, Channel, ListState, Outcome, SuppressionSource
from volunteers.models import Attempt, Door, Suppression, Turf
from volunteers.queries.walks import knocks_of, outcome_label
from volunteers.rules.door_status import door_status

MOST_ROWS = 200


@dataclass(frozen=True)
class TurfResult:
    """A turf of a list in use: doors, how many were knocked at, spoken with, won over, must not be contacted."""

    name: str
    list_name: str
    doors: int
    visited: int
    talked: int
    won: int
    suppressed: int


@dataclass(frozen=True)
class Heard:
    """What one canvasser recorded; `can_win`: whether it may be settled so."""

    label: str
    outcome: str
    at: datetime
    by: str
    can_win: bool


@dataclass(frozen=True)
class Conflict:
    """A door at which canvassers heard different things."""

    door_id: int
    line: str
    turf: str
    heard: tuple[Heard, ...]


@dataclass(frozen=True)
class LateVisit:
    """A visit that arrived after its turf was due or given back."""

    line: str
    turf: str
    label: str
    happened_at: datetime
    received_at: datetime
    by: str


@dataclass(frozen=True)
class Since:
    """A contact made after the wish and before it reached us: `way` in words; calls name nobody."""

    way: str
    at: datetime
    by: str


@dataclass(frozen=True)
class OfflineRefusal:
    """A wish not to be contacted that reached us later than it was said, and the contacts made in between."""

    line: str
    said_at: datetime
    recorded_at: datetime
    by: str
    since: tuple[Since, ...]


@dataclass(frozen=True)
class Review:
    """The page of a riding's doors."""

    turfs: tuple[TurfResult, ...]
    conflicts: tuple[Conflict, ...]
    late: tuple[LateVisit, ...]
    refusals: tuple[OfflineRefusal, ...]


def review_of(riding_number: int) -> Review:
    """Return the review of a riding's doors."""
    return Review(
        _turf_results(riding_number),
        tuple(_conflicts(riding_number)),
        _late_visits(riding_number),
        tuple(_offline_refusals(riding_number)),
    )


def door_in_riding(riding_number: int, pk: int) -> Door | None:
    """Return a door of the riding's lists."""
    return Door.objects.filter(pk=pk, contact_list__riding_number=riding_number).first()


def _turf_results(riding_number: int) -> tuple[TurfResult, ...]:
    turfs = Turf.objects.filter(
        contact_list__riding_number=riding_number, contact_list__purged_at__isnull=True
    )
    rows = turfs.exclude(contact_list__state=ListState.CLOSED).select_related("contact_list")
    doors = Door.objects.filter(turf__in=turfs).values_list("turf", "last_outcome", "suppressed_at")
    counts: Counter[tuple[int | None, str]] = Counter()
    for turf, outcome, suppressed_at in doors:
        counts[turf, "doors"] += 1
        counts[turf, "visited"] += bool(outcome)
        counts[turf, "talked"] += outcome in CONVERSATIONS
        counts[turf, "suppressed"] += suppressed_at is not None
    won = Attempt.objects.filter(door__turf__in=turfs, is_success=True, corrections__isnull=True)
    counts.update((turf, "won") for turf, _door in won.values_list("door__turf", "door").distinct())
    return tuple(
        TurfResult(turf.name, turf.contact_list.name, *(counts[turf.pk, kind] for kind in _COUNTED))
        for turf in rows.order_by("contact_list__name", "name")
    )


_COUNTED = ("doors", "visited", "talked", "won", "suppressed")


def _conflicts(riding_number: int) -> Iterable[Conflict]:
    # Two people who talked there are few of many doors: the rules look at those alone.
    talked = Attempt.objects.filter(
        riding_number=riding_number, channel=Channel.DOOR, door__isnull=False, outcome__in=CONVERSATIONS
    )
    twice = Door.objects.filter(attempts__in=talked, last_outcome__in=CONVERSATIONS)
    doors = twice.distinct().select_related("turf").prefetch_related("attempts__by").order_by("pk")
    for door in doors:
        attempts = list(door.attempts.all())
        if len({attempt.by_id for attempt in attempts}) == 1:
            continue
        names = {attempt.client_id: _name(attempt.by) for attempt in attempts}
        rivals = door_status(knocks_of(attempts)).rivals
        if rivals:
            refused = any(one.outcome == Outcome.DO_NOT_CONTACT for one in rivals)
            heard = tuple(
                Heard(
                    outcome_label(one.outcome),
                    one.outcome,
                    one.at,
                    names[one.id],
                    can_win=not refused or one.outcome == Outcome.DO_NOT_CONTACT,
                )
                for one in rivals
            )
            yield Conflict(door.pk, door.line, door.turf.name if door.turf else "", heard)


def _late_visits(riding_number: int) -> tuple[LateVisit, ...]:
    late = Attempt.objects.filter(riding_number=riding_number, channel=Channel.DOOR, is_late=True)
    rows = late.select_related("door", "by", "checkout__turf").order_by("-received_at", "-pk")
    return tuple(
        LateVisit(
            row.door.line if row.door else "",
            row.checkout.turf.name if row.checkout else "",
            outcome_label(row.outcome),
            row.happened_at,
            row.received_at,
            _name(row.by),
        )
        for row in rows[:MOST_ROWS]
    )


def _offline_refusals(riding_number: int) -> Iterable[OfflineRefusal]:
    entries = Suppression.objects.filter(
        source=SuppressionSource.DOOR, attempt__riding_number=riding_number, lifted_at__isnull=True
    )
    for entry in entries.select_related("attempt__door", "attempt__by").order_by("-recorded_at", "-pk")[
        :MOST_ROWS
    ]:
        same_address = Q(door__address_digest=entry.digest) | Q(contact__address_digest=entry.digest)
        between = Attempt.objects.filter(
            same_address, happened_at__gt=entry.said_at, happened_at__lte=entry.recorded_at
        ).exclude(pk=entry.attempt_id or 0)
        since = tuple(
            Since(str(Channel(row.channel).label), row.happened_at, _name(row.by))
            for row in between.select_related("by").order_by("happened_at", "pk")
        )
        attempt = entry.attempt
        line = attempt.door.line if attempt and attempt.door else ""
        yield OfflineRefusal(
            line, entry.said_at, entry.recorded_at, _name(attempt.by if attempt else None), since
        )


def _name(user: User | None) -> str:
    return (user.name or user.email) if user else "—"
