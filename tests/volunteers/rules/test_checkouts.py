"""For how long a turf is given out, when its holder is reminded, and until when a sheet is good."""

from datetime import UTC, datetime, timedelta

import pytest

from volunteers.enums import DOOR_OUTCOMES, DoorStatus, Outcome
from volunteers.rules.checkouts import MOST_DAYS, BadDays, due_after, reminder_due, sheet_expiry
from volunteers.rules.left_to_do import STATUS_OF, status_of

NOW = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)


def test_a_turf_is_due_after_its_days() -> None:
    assert due_after(14, NOW) == NOW + timedelta(days=14)


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_nobody_keeps_a_turf_for_no_day_or_for_ever(days: int) -> None:
    with pytest.raises(BadDays):
        due_after(days, NOW)


@pytest.mark.parametrize(("days", "hours"), [(14, 12 * 24), (4, 48), (2, 24), (1, 12)])
def test_the_reminder_comes_two_days_before_or_halfway(days: int, hours: int) -> None:
    due = reminder_due(checked_out_at=NOW, due_at=NOW + timedelta(days=days))

    assert due == NOW + timedelta(hours=hours)


def test_a_sheet_is_good_for_three_days_and_not_beyond_the_turf() -> None:
    assert sheet_expiry(printed_at=NOW, due_at=NOW + timedelta(days=9)) == NOW + timedelta(days=3)
    assert sheet_expiry(printed_at=NOW, due_at=NOW + timedelta(days=1)) == NOW + timedelta(days=1)


def test_every_outcome_at_a_door_has_a_status() -> None:
    assert STATUS_OF.keys() == {"", *DOOR_OUTCOMES}
    assert status_of(Outcome.ANSWERED, is_suppressed=True) == DoorStatus.SUPPRESSED
