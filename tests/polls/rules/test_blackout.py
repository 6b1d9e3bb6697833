"""Polling day by the riding's own clock."""

from datetime import UTC, date, datetime

import pytest

from polls.rules.blackout import Blackout, BlackoutRule, blackout_of, is_blacked_out

DAY = date(2029, 10, 15)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2029, 10, day, hour, minute, tzinfo=UTC)


# Half past eight in St. John's is 23:00 UTC; seven in Vancouver 02:00 UTC of the next day.
ST_JOHNS = blackout_of(DAY, zone="America/St_Johns", closes_at=at(15, 23))
VANCOUVER = blackout_of(DAY, zone="America/Vancouver", closes_at=at(16, 2))


def test_a_blackout_begins_with_the_ridings_own_day() -> None:
    assert Blackout(at(15, 2, 30), at(15, 23)) == ST_JOHNS
    assert Blackout(at(15, 7), at(16, 2)) == VANCOUVER


@pytest.mark.parametrize(
    ("now", "east", "west"),
    [
        (at(15, 2, 29), False, False),
        (at(15, 2, 30), True, False),
        (at(15, 12), True, True),
        (at(15, 22, 59), True, True),
        (at(15, 23), False, True),
        (at(16, 1, 59), False, True),
        (at(16, 2), False, False),
    ],
)
def test_each_riding_waits_for_its_own_polls(now: datetime, east: bool, west: bool) -> None:
    assert (is_blacked_out(ST_JOHNS, now), is_blacked_out(VANCOUVER, now)) == (east, west)


@pytest.mark.parametrize(
    ("rules", "is_known"),
    [
        ((BlackoutRule(date(2000, 9, 1)),), True),
        ((BlackoutRule(date(2000, 9, 1)), BlackoutRule(date(2028, 1, 1), is_in_force=False)), False),
        ((BlackoutRule(date(2000, 9, 1)), BlackoutRule(date(2030, 1, 1), is_in_force=False)), True),
        ((BlackoutRule(date(2030, 1, 1)),), False),
    ],
)
def test_the_law_of_polling_day_counts(rules: tuple[BlackoutRule, ...], is_known: bool) -> None:
    found = blackout_of(DAY, zone="America/Toronto", closes_at=at(16, 1, 30), rules=rules)
    assert (found is not None) is is_known
    assert is_blacked_out(found, at(15, 12)) is is_known
