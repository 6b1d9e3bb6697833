"""Events and shifts as readers see them: times by the clock of the place, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.formats import date_format, time_format

from supporters.models import User
from volunteers.enums import COMING, SEATED, SignupState, Visibility
from volunteers.models import Event, Shift, ShiftSignup, Team
from volunteers.queries.names import team_name
from volunteers.rules.zones import zone_label

SEATS = Count("signups", filter=Q(signups__state__in=SEATED))


@dataclass(frozen=True)
class When:
    """A time in words of the active language."""

    day: str
    begins: str
    ends: str
    zone: str


@dataclass(frozen=True)
class ShiftCard:
    """A shift: when it is and how many seats are free; `state` is where the reader stands, empty for others."""

    pk: int
    when: When
    free: int
    capacity: int
    is_cancelled: bool
    is_over: bool
    state: str = ""
    state_label: str = ""

    @property
    def is_mine(self) -> bool:
        """Whether the reader means to come, or waits to."""
        return self.state in {*COMING, SignupState.WAITLISTED}


@dataclass(frozen=True)
class EventCard:
    """An event with its shifts; the address and the link to take part stand here for members alone."""

    pk: int
    title: str
    text: str
    kind: str
    kind_label: str
    place: str
    link: str
    team: str
    number: int | None
    is_public: bool
    is_cancelled: bool
    shifts: tuple[ShiftCard, ...]


@dataclass(frozen=True)
class MyShift:
    """A shift that somebody signed up for."""

    pk: int
    title: str
    when: When
    place: str
    team: str
    state: str
    state_label: str


def when_of(shift: Shift) -> When:
    """Return the time of a shift by the clock of its place."""
    clock = ZoneInfo(shift.event.zone)
    starts, ends = shift.starts_at.astimezone(clock), shift.ends_at.astimezone(clock)
    return When(
        _day(starts.date()),
        time_format(starts, "TIME_FORMAT"),
        time_format(ends, "TIME_FORMAT"),
        zone_label(shift.event.zone),
    )


def place_of(event: Event) -> str:
    """Return where an event takes place, on one line; empty for one that is only online."""
    return ", ".join(part for part in (event.place_name, event.address) if part)


def coming_events(team: Team, *, now: datetime, user: User | None = None) -> tuple[EventCard, ...]:
    """Return the events of a team that have shifts to come, the next one first.

    Without a user only what is public, with one all of them, and where the user stands.
    """
    rows = Event.objects.filter(team=team, cancelled_at__isnull=True)
    if user is None:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    cards = _cards(rows, now, user, only_ahead=True)
    return tuple(card for card in cards if card.shifts)


def all_events(team: Team, *, now: datetime) -> tuple[EventCard, ...]:
    """Return every event of a team as its leaders see them, newest first, the cancelled included."""
    return tuple(_cards(Event.objects.filter(team=team).order_by("-pk")[:100], now, None))


def event_card(event: Event, *, now: datetime, user: User | None) -> EventCard:
    """Return one event with all its shifts."""
    return _cards(Event.objects.filter(pk=event.pk), now, user)[0]


def only_shift(card: EventCard, pk: int) -> EventCard:
    """Return an event with one of its shifts alone."""
    return replace(card, shifts=tuple(shift for shift in card.shifts if shift.pk == pk))


def my_shifts(user: User, *, now: datetime) -> tuple[MyShift, ...]:
    """Return what somebody signed up for and is still to come, the next one first."""
    states = [*COMING, SignupState.WAITLISTED]
    rows = ShiftSignup.objects.filter(
        user=user, state__in=states, shift__ends_at__gt=now, shift__cancelled_at__isnull=True
    )
    found = list(rows.select_related("shift__event__team").order_by("shift__starts_at", "pk"))
    names = _names(row.shift.event for row in found)
    return tuple(
        MyShift(
            row.shift_id,
            row.shift.event.title,
            when_of(row.shift),
            place_of(row.shift.event),
            names[row.shift.event.team_id],
            row.state,
            str(row.get_state_display()),
        )
        for row in found
    )


def shift_of_team(team: Team, pk: int) -> Shift | None:
    """Return a shift of this team with its event; None if it is another's."""
    return Shift.objects.filter(pk=pk, event__team=team).select_related("event__team").first()


def shift_by_id(pk: int) -> Shift | None:
    """Return a shift of a live team, with its event."""
    rows = Shift.objects.filter(pk=pk, event__team__closed_at__isnull=True)
    return rows.select_related("event__team", "event__host").first()


def event_of_team(team: Team, pk: int) -> Event | None:
    """Return an event of this team; None if it is another's."""
    return Event.objects.filter(pk=pk, team=team).select_related("team").first()


def signup_of(shift: Shift, user: User) -> ShiftSignup | None:
    """Return where somebody stands with a shift."""
    return ShiftSignup.objects.filter(shift=shift, user=user).first()


def signup_by_id(pk: int) -> ShiftSignup | None:
    """Return a sign-up with its shift; None if it is gone."""
    return ShiftSignup.objects.filter(pk=pk).select_related("shift__event__team", "user").first()


def signups_for(shift: Shift) -> list[ShiftSignup]:
    """Return everybody who signed up for a shift, for its check-in: by name, those who cancelled last."""
    rows = list(ShiftSignup.objects.filter(shift=shift).select_related("user").order_by("pk"))
    return sorted(
        rows, key=lambda row: (row.state == SignupState.CANCELLED, (row.user.name or row.user.email).lower())
    )


def _cards(
    events: QuerySet[Event], now: datetime, user: User | None, *, only_ahead: bool = False
) -> list[EventCard]:
    shifts = Shift.objects.annotate(seats=SEATS).select_related("event").order_by("starts_at", "pk")
    if only_ahead:
        shifts = shifts.filter(ends_at__gt=now, cancelled_at__isnull=True)
    rows = list(events.select_related("team").prefetch_related(Prefetch("shifts", shifts, to_attr="listed")))
    if only_ahead:
        rows.sort(key=lambda row: (row.listed[0].starts_at if row.listed else now, row.pk))
    states = _states(user, rows)
    names = _names(rows)
    is_inside = user is not None
    return [_card(row, names[row.team_id], states, now, is_inside=is_inside) for row in rows]


def _names(events: Iterable[Event]) -> dict[int, str]:
    """Return the names of their teams; one may have to ask for its riding: once for each team, not for each event."""
    teams = {event.team_id: event.team for event in events}
    return {pk: team_name(team) for pk, team in teams.items()}


def _states(user: User | None, events: Iterable[Event]) -> dict[int, ShiftSignup]:
    if user is None:
        return {}
    mine = ShiftSignup.objects.filter(user=user, shift__event__in=list(events))
    return {row.shift_id: row for row in mine}


def _card(
    event: Event, team: str, states: dict[int, ShiftSignup], now: datetime, *, is_inside: bool
) -> EventCard:
    listed: list[Shift] = event.listed  # type: ignore[attr-defined]  # prefetched
    return EventCard(
        pk=event.pk,
        title=event.title,
        text=event.text,
        kind=event.kind,
        kind_label=str(event.get_kind_display()),
        place=place_of(event),
        link=event.online_link if is_inside else "",
        team=team,
        number=event.team.riding_number,
        is_public=event.visibility == Visibility.PUBLIC,
        is_cancelled=event.cancelled_at is not None,
        shifts=tuple(_shift(row, states.get(row.pk), now) for row in listed),
    )


def _shift(row: Shift, signup: ShiftSignup | None, now: datetime) -> ShiftCard:
    seats: int = row.seats  # type: ignore[attr-defined]  # annotated
    return ShiftCard(
        pk=row.pk,
        when=when_of(row),
        free=max(row.capacity - seats, 0),
        capacity=row.capacity,
        is_cancelled=row.cancelled_at is not None,
        is_over=row.starts_at <= now,
        state=signup.state if signup else "",
        state_label=str(signup.get_state_display()) if signup else "",
    )


def _day(day: date) -> str:
    # Django's long formats leave the weekday out, which people go by.
    return f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')}"
