"""The moment of a call that a voter asked for by their own clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.enums import Province
from volunteers.rules.callbacks import LONGEST_AHEAD, BadCallback, Promise, promise, to_utc
from volunteers.rules.calling_hours import ZONES, is_open

NOW = datetime(2026, 11, 25, 19, tzinfo=UTC)


def wall(*when: int) -> datetime:
    return datetime(*when)  # type: ignore[arg-type]  # noqa: DTZ001 — by the voter's clock


@pytest.mark.parametrize(
    ("when", "zone", "utc"),
    [
        ((2027, 3, 14, 2, 30), "America/Toronto", (2027, 3, 14, 7, 30)),  # skipped: 3:30
        ((2027, 3, 14, 2, 30), "America/St_Johns", (2027, 3, 14, 6, 0)),
        ((2027, 11, 7, 1, 30), "America/Toronto", (2027, 11, 7, 5, 30)),  # shown twice: the first
        ((2026, 11, 1, 1, 30), "America/Vancouver", (2026, 11, 1, 8, 30)),  # not twice any more
        ((2026, 12, 1, 10, 0), "America/Vancouver", (2026, 12, 1, 17, 0)),
        ((2026, 12, 1, 10, 0), "America/Regina", (2026, 12, 1, 16, 0)),
        ((2026, 12, 1, 10, 0), "", (2026, 12, 1, 15, 0)),  # unknown: by the clock of Toronto
    ],
)
def test_a_wall_time_becomes_one_moment(when: tuple[int, ...], zone: str, utc: tuple[int, ...]) -> None:
    assert to_utc(wall(*when), zone) == datetime(*utc, tzinfo=UTC)  # type: ignore[misc, arg-type]


def asked(*when: int, zone: str = "America/Toronto", now: datetime = NOW) -> Promise:
    return promise(wall=wall(*when), zone=zone, province=Province.ON, now=now)


@pytest.mark.parametrize(
    ("when", "at", "was_moved"),
    [
        ((2026, 11, 26, 10, 0), (2026, 11, 26, 15, 0), False),
        ((2026, 11, 26, 7, 0), (2026, 11, 26, 14, 0), True),
        ((2026, 11, 27, 21, 30), (2026, 11, 28, 15, 0), True),
        ((2026, 11, 28, 18, 0), (2026, 11, 29, 15, 0), True),
    ],
)
def test_a_promise_lies_within_calling_hours_and_says_if_it_was_moved(
    when: tuple[int, ...], at: tuple[int, ...], was_moved: bool
) -> None:
    assert asked(*when) == Promise(datetime(*at, tzinfo=UTC), was_moved)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "when", [(2026, 11, 25, 13, 58), (2027, 1, 24, 14, 1), (1, 1, 1, 0, 0), (9999, 12, 31, 23, 0)]
)
def test_what_is_past_or_too_far_ahead_is_refused(when: tuple[int, ...]) -> None:
    with pytest.raises(BadCallback):
        asked(*when)


def test_what_is_asked_for_now_is_now() -> None:
    assert asked(2026, 11, 25, 14, 0) == Promise(NOW, was_moved=False)


@given(st.timedeltas(timedelta(0), LONGEST_AHEAD - timedelta(days=1)), st.sampled_from(["", *sorted(ZONES)]))
def test_every_promise_can_be_kept(ahead: timedelta, zone: str) -> None:
    local = (NOW + ahead).astimezone(ZoneInfo(zone or "America/Toronto")).replace(tzinfo=None)
    promised = promise(wall=local, zone=zone, province=None, now=NOW)
    assert promised.at >= NOW
    assert is_open(zone, None, promised.at)
    assert promised.was_moved or promised.at == max(to_utc(local, zone), NOW)
