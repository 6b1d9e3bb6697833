"""When voters may be called, by their own clock. Pure.

We call nobody outside the hours of telemarketing, though a call that sells nothing is not bound to them. Narrower hours of a
province, or a day off, are further rows; they only ever narrow.
Source: CRTC, Unsolicited Telecommunications Rules, Part III, sections 23 and 24, 2024: Monday to Friday 9:00 to 21:30,
Saturday and Sunday 10:00 to 18:00, at the place of whoever is called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from ridings.enums import Province
from ridings.rules import clocks
from ridings.rules.fed_number import PROVINCE_OF_PREFIX

WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
EVERY_DAY = WEEKDAYS | WEEKEND

# Every zone that voters live in, with the provinces that it reaches into.
ZONES: dict[str, frozenset[Province]] = {
    clocks.NEWFOUNDLAND.zone: frozenset({Province.NL}),
    clocks.LABRADOR.zone: frozenset({Province.NL}),
    clocks.ATLANTIC.zone: frozenset({Province.NS, Province.NB, Province.PE, Province.QC}),
    clocks.EASTERN.zone: frozenset({Province.ON, Province.QC}),
    clocks.NUNAVUT.zone: frozenset({Province.NU}),
    clocks.CENTRAL.zone: frozenset({Province.MB, Province.ON}),
    clocks.SASKATCHEWAN.zone: frozenset({Province.SK}),
    clocks.MOUNTAIN.zone: frozenset({Province.AB, Province.BC}),
    clocks.NORTH_WEST.zone: frozenset({Province.NT}),
    clocks.PACIFIC.zone: frozenset({Province.BC}),
    clocks.YUKON.zone: frozenset({Province.YT}),
}
# What a contact carries whose zone nobody knows: open while calls are allowed all over the country.
UNKNOWN_ZONE = ""
_PREFIX = {province: prefix for prefix, province in PROVINCE_OF_PREFIX.items()}
# No rule closes the phones for longer than this.
_LONGEST_CLOSED = timedelta(days=15)


@dataclass(frozen=True)
class Window:
    """Hours of one day by the voter's clock: from `opens` until just before `closes`."""

    opens: time
    closes: time


@dataclass(frozen=True)
class HoursRule:
    """Hours that hold from a day on, on some days of the week; `window` None: no calls at all.

    `province` None: everywhere. `until`: the last day, None: still in force. `month_day`: only on this day of every year.
    """

    since: date
    window: Window | None
    weekdays: frozenset[int] = EVERY_DAY
    province: Province | None = None
    until: date | None = None
    month_day: tuple[int, int] | None = None

    def covers(self, day: date) -> bool:
        """Say whether the rule speaks of this day."""
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and day.weekday() in self.weekdays
            and self.month_day in (None, (day.month, day.day))
        )


_SINCE = date(2008, 9, 30)  # Source: CRTC, Telecom Decision 2007-48: in force since that day.
RULES: tuple[HoursRule, ...] = (
    HoursRule(_SINCE, Window(time(9), time(21, 30)), WEEKDAYS),
    HoursRule(_SINCE, Window(time(10), time(18)), WEEKEND),
    # Our own courtesy, no law: nobody is called on New Year's Day and at Christmas.
    HoursRule(date(2026, 1, 1), None, month_day=(1, 1)),
    HoursRule(date(2026, 1, 1), None, month_day=(12, 25)),
)


def is_open(zone: str, province: Province | None, at: datetime, rules: tuple[HoursRule, ...] = RULES) -> bool:
    """Say whether a voter may be called at a moment.

    Args:
        zone: tz name; one that is none of Canada's, or empty, counts as unknown: open only where every zone is.
        province: None where it is not known; then the narrowest hours of any province count.
        at: aware.
        rules: dated hours.
    """
    if zone not in ZONES:
        return all(is_open(known, None, at, rules) for known in ZONES)
    local = at.astimezone(ZoneInfo(zone))
    window = window_on(local.date(), province, rules)
    return window is not None and window.opens <= local.time() < window.closes


def window_on(day: date, province: Province | None, rules: tuple[HoursRule, ...] = RULES) -> Window | None:
    """Return the hours of a day: what every rule about it allows; None if nothing is left."""
    meant = [
        rule
        for rule in rules
        if rule.covers(day) and (rule.province is None or province in (None, rule.province))
    ]
    windows = [rule.window for rule in meant]
    if not windows or None in windows:
        return None
    opens = max(window.opens for window in windows if window)
    closes = min(window.closes for window in windows if window)
    return Window(opens, closes) if opens < closes else None


def openings(
    zone: str, province: Province | None, after: datetime, rules: tuple[HoursRule, ...] = RULES
) -> Iterator[tuple[datetime, datetime]]:
    """Yield (opens, closes) in UTC of the windows that close after a moment, in order.

    Raises: ValueError for an unknown zone, whose hours are no window of one day.
    """
    if zone not in ZONES:
        raise ValueError(f"{zone!r} is no zone that is called")
    clock, day = ZoneInfo(zone), after.astimezone(ZoneInfo(zone)).date()
    last = day + _LONGEST_CLOSED
    while day <= last:
        if window := window_on(day, province, rules):
            opens = datetime.combine(day, window.opens, clock).astimezone(UTC)
            closes = datetime.combine(day, window.closes, clock).astimezone(UTC)
            if closes > after:
                yield opens, closes
        day += timedelta(days=1)


def next_opening(
    zone: str, province: Province | None, after: datetime, rules: tuple[HoursRule, ...] = RULES
) -> datetime | None:
    """Return the first moment, `after` or later, at which a voter may be called; None if rules close it for weeks."""
    if zone in ZONES:
        found = next(openings(zone, province, after, rules), None)
        return max(found[0], after) if found else None
    at = after
    while at < after + _LONGEST_CLOSED:
        closed = [known for known in ZONES if not is_open(known, None, at, rules)]
        if not closed:
            return at
        later = [next_opening(known, None, at, rules) for known in closed]
        if None in later:
            return None
        at = max(moment for moment in later if moment)
    return None


def closing(
    zone: str, province: Province | None, at: datetime, rules: tuple[HoursRule, ...] = RULES
) -> datetime | None:
    """Return when a window that is open now closes; None outside of it."""
    if not is_open(zone, province, at, rules):
        return None
    if zone in ZONES:
        return next(openings(zone, province, at, rules))[1]
    return min(next(openings(known, None, at, rules))[1] for known in ZONES)


def open_zones(at: datetime, rules: tuple[HoursRule, ...] = RULES) -> tuple[str, ...]:
    """Return the zones of which some province may be called now, and the unknown one if all may be."""
    opened = [
        zone
        for zone, provinces in ZONES.items()
        if any(is_open(zone, province, at, rules) for province in provinces)
    ]
    return (*opened, *([UNKNOWN_ZONE] if is_open(UNKNOWN_ZONE, None, at, rules) else []))


def shut_provinces(
    zones: Iterable[str], at: datetime, rules: tuple[HoursRule, ...] = RULES
) -> tuple[tuple[str, int], ...]:
    """Return (zone, first two digits of FED numbers) where an open zone's hours are narrower in a province than elsewhere."""
    return tuple(
        (zone, _PREFIX[province])
        for zone in zones
        for province in sorted(ZONES.get(zone, ()))
        if not is_open(zone, province, at, rules)
    )


@cache
def province_of_riding(number: int) -> Province | None:
    """Return the province of a riding by its FED number; None for a number of no province."""
    return PROVINCE_OF_PREFIX.get(number // 1000)
