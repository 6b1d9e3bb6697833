"""When a petition is open."""

from datetime import UTC, datetime, timedelta

import pytest

from petitions.rules.signing import Opening, Schedule, may_confirm, opening

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def schedule(
    *,
    published: bool = True,
    opens: timedelta = -DAY,
    closes: timedelta | None = DAY,
    back: timedelta | None = None,
) -> Schedule:
    return Schedule(
        published, NOW + opens, None if closes is None else NOW + closes, None if back is None else NOW + back
    )


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (schedule(), Opening.OPEN),
        (schedule(closes=None), Opening.OPEN),
        (schedule(published=False), Opening.DRAFT),
        (schedule(opens=timedelta(0)), Opening.OPEN),
        (schedule(opens=MINUTE), Opening.UPCOMING),
        (schedule(closes=timedelta(0)), Opening.CLOSED),
        (schedule(closes=MINUTE), Opening.OPEN),
        (schedule(back=timedelta(0)), Opening.WITHDRAWN),
        (schedule(back=MINUTE), Opening.OPEN),
        (schedule(published=False, back=-DAY), Opening.DRAFT),
    ],
)
def test_opening_at_every_border(times: Schedule, expected: Opening) -> None:
    assert opening(times, NOW) == expected


@pytest.mark.parametrize(
    ("times", "allowed"),
    [
        (schedule(), True),
        (schedule(closes=-DAY + MINUTE), True),
        (schedule(closes=-DAY), False),
        (schedule(opens=MINUTE), False),
        (schedule(published=False), False),
        (schedule(back=-MINUTE), False),
    ],
)
def test_confirming_is_honoured_for_a_day_after_closing(times: Schedule, allowed: bool) -> None:
    assert may_confirm(times, NOW) is allowed
