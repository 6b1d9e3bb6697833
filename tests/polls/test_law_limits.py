"""Figures of the law: which are in force, who is reported, how near we are."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.rules.legal_days import beginning_of, legal_day
from polls.rules.limits import (
    Limits,
    Meter,
    back_by,
    is_too_much,
    limits_on,
    must_be_reported,
    reported,
    totals,
)
from polls.rules.returns import ReturnKind, returns_of

WRIT = dt.date(2027, 9, 1)


def limits(valid_from: dt.date = WRIT, **fields: Any) -> Limits:
    values = {
        "valid_from": valid_from,
        "counts_from": valid_from,
        "reporting_cents": 20_000,
        "registration_cents": 50_000,
        "riding_cents": 438_600,
        "national_cents": 51_170_000,
        "largest_gift_cents": None,
        "return_days": 30,
    }
    return Limits(**{**values, **fields})


def test_the_figures_in_force_are_those_valid_last() -> None:
    before, after = limits(dt.date(2019, 6, 13)), limits()

    assert limits_on([after, before], WRIT - dt.timedelta(days=1)) == before
    assert limits_on([before, after], WRIT) == after
    assert limits_on([after], WRIT - dt.timedelta(days=1)) is None


def test_two_hundred_dollars_are_not_reported_and_a_cent_more_is() -> None:
    sums = totals([("a", 15_000), ("b", 20_000), ("a", 5_001), ("c", 30_000), ("c", -10_000)])

    assert sums == {"a": 20_001, "b": 20_000, "c": 20_000}
    assert reported(sums, limits()) == {"a"}
    assert not must_be_reported(20_000, limits())


@pytest.mark.parametrize(
    ("used", "percent", "level", "passed"),
    [(0, 0, 0, False), (599, 59, 0, False), (600, 60, 60, False), (800, 80, 80, False), (999, 99, 80, False),
     (1000, 100, 100, False), (1001, 100, 100, True)],
)  # fmt: skip
def test_a_meter_warns_at_60_80_and_100_per_cent(used: int, percent: int, level: int, passed: bool) -> None:
    meter = Meter(used, 1000)

    assert (meter.percent, meter.level, meter.is_passed) == (percent, level, passed)
    assert meter.left_cents == max(0, 1000 - used)


def test_without_a_limit_nothing_is_passed_and_a_limit_of_nothing_is_full() -> None:
    assert (Meter(10**9, None).level, Meter(10**9, None).is_passed, Meter(1, None).left_cents) == (
        0,
        False,
        None,
    )
    assert (Meter(0, 0).level, Meter(0, 0).is_passed, Meter(1, 0).is_passed) == (100, False, True)


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(1, 10**7))
def test_what_is_left_may_be_used_and_a_cent_more_may_not(used: int, limit: int, more: int) -> None:
    after = Meter(used, limit).with_more(more)

    assert after.is_passed == (more > limit - used)


def test_a_person_may_give_up_to_the_most_where_counsel_sets_one() -> None:
    assert not is_too_much(10**9, limits())
    assert not is_too_much(170_000, limits(largest_gift_cents=170_000))
    assert is_too_much(170_001, limits(largest_gift_cents=170_000))


def test_money_that_may_not_be_used_goes_back_in_thirty_days() -> None:
    assert back_by(dt.date(2027, 9, 15), limits()) == dt.date(2027, 10, 15)


def test_a_day_is_counted_by_the_clock_of_ottawa() -> None:
    assert legal_day(dt.datetime(2027, 9, 2, 3, 59, tzinfo=dt.UTC)) == dt.date(2027, 9, 1)
    assert beginning_of(dt.date(2027, 9, 2)) == dt.datetime(2027, 9, 2, 4, tzinfo=dt.UTC)


def test_returns_are_due_21_and_7_days_before_polling_day_and_four_months_after() -> None:
    first, second, final = returns_of(dt.date(2027, 10, 18), WRIT)

    assert (first.kind, first.ends_on, first.due_on) == (
        ReturnKind.FIRST, dt.date(2027, 9, 25), dt.date(2027, 9, 27),
    )  # fmt: skip
    assert (second.ends_on, second.due_on) == (dt.date(2027, 10, 9), dt.date(2027, 10, 11))
    assert (final.begins_on, final.ends_on, final.due_on) == (
        WRIT, dt.date(2027, 10, 18), dt.date(2028, 2, 18),
    )  # fmt: skip


def test_four_months_after_the_31st_end_with_the_month_and_returns_of_before_are_left_out() -> None:
    returns = returns_of(dt.date(2027, 10, 31), dt.date(2027, 10, 20))

    assert [one.kind for one in returns] == [ReturnKind.SECOND, ReturnKind.FINAL]
    assert returns[-1].due_on == dt.date(2028, 2, 29)
