"""Writing events and their shifts, and telling people what changed."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from supporters.models import User
from volunteers.enums import EventKind, Visibility
from volunteers.models import Event, Shift, Team
from volunteers.services.shift_mails import mail_change
from volunteers.services.signups import coming_to, lock_shift, promote


@dataclass(frozen=True)
class EventDetails:
    """What a captain says of an event."""

    kind: EventKind
    visibility: Visibility
    title_en: str
    title_fr: str
    text_en: str
    text_fr: str
    place_name: str
    address: str
    online_link: str
    certifies: str
    zone: str


@dataclass(frozen=True)
class ShiftTimes:
    """When a shift is and how many fit."""

    starts_at: datetime
    ends_at: datetime
    capacity: int


# A change of these is told to whoever signed up.
WHERE = ("place_name", "address", "online_link")


@transaction.atomic
def write_event(*, team: Team, details: EventDetails, host: User | None, now: datetime) -> Event:
    """Enter an event; without shifts nobody can sign up yet."""
    return Event.objects.create(team=team, host=host, created_at=now, **_values(details))


@transaction.atomic
def change_event(*, event: Event, details: EventDetails, now: datetime) -> None:
    """Write an event anew; whoever signed up is told at once where it takes place now, if that changed."""
    row = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    has_moved = any(getattr(row, name) != getattr(details, name) for name in WHERE)
    for name, value in _values(details).items():
        setattr(row, name, value)
    row.save(update_fields=list(_values(details)))
    if has_moved:
        ahead = Shift.objects.filter(event=row, starts_at__gt=now, cancelled_at__isnull=True)
        for pk in ahead.order_by("pk").values_list("pk", flat=True):
            _announce(lock_shift(pk), now)


@transaction.atomic
def add_shift(*, event: Event, times: ShiftTimes, now: datetime) -> Shift:
    """Enter a shift of an event."""
    return Shift.objects.create(
        event=event,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        capacity=times.capacity,
        changed_at=now,
    )


@transaction.atomic
def change_shift(*, shift: Shift, times: ShiftTimes, now: datetime) -> None:
    """Write a shift anew; another time is told at once, more seats are filled from the waiting list.

    With fewer seats nobody loses the one they have.
    """
    row = lock_shift(shift.pk)
    has_moved = (row.starts_at, row.ends_at) != (times.starts_at, times.ends_at)
    row.starts_at, row.ends_at, row.capacity = times.starts_at, times.ends_at, times.capacity
    row.save(update_fields=["starts_at", "ends_at", "capacity"])
    if has_moved:
        _announce(row, now)
    promote(row, now=now)


def _announce(shift: Shift, now: datetime) -> None:
    shift.sequence, shift.changed_at = shift.sequence + 1, now
    shift.save(update_fields=["sequence", "changed_at"])
    for signup in coming_to(shift):
        mail_change(signup, is_cancelled=False, now=now)


def _values(details: EventDetails) -> dict[str, object]:
    return {part.name: getattr(details, part.name) for part in fields(details)}
