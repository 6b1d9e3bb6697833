"""When it is election time, and until when the filing is due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from volunteers.rules.registry import Filing, due_at, filing_state, is_within, kept_until

BEGINS, POLLING = date(2027, 9, 1), date(2027, 10, 4)


@pytest.mark.parametrize(
    ("moment", "within"),
    [
        (datetime(2027, 9, 1, 2, 29, 59, tzinfo=UTC), False),
        (datetime(2027, 9, 1, 2, 30, tzinfo=UTC), True),  # midnight in St. John's
        (datetime(2027, 10, 5, 6, 59, 59, tzinfo=UTC), True),
        (datetime(2027, 10, 5, 7, 0, tzinfo=UTC), False),  # midnight in Vancouver
    ],
)
def test_the_period_spans_the_whole_country(moment: datetime, within: bool) -> None:
    assert is_within(BEGINS, POLLING, moment) is within


def test_the_filing_is_due_two_days_after_the_first_call() -> None:
    called = datetime(2027, 9, 3, 15, tzinfo=UTC)
    due = due_at(called)

    assert due == datetime(2027, 9, 5, 15, tzinfo=UTC)
    assert [filing_state(None, due, moment) for moment in (due, due + timedelta(seconds=1))] == [
        Filing.DUE,
        Filing.LATE,
    ]
    assert filing_state(date(2027, 9, 4), due, due + timedelta(days=9)) == Filing.FILED


def test_what_was_called_is_kept_for_a_year() -> None:
    assert kept_until(POLLING) == date(2028, 10, 3)
