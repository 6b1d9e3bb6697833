"""Averages of polls."""

import datetime as dt
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.rules.polling_average import Poll, describe, polling_average, weight

DAY = dt.date(2026, 4, 25)


def poll(age_days: int = 0, size: int | None = 1000, pollster: str = "Nanos", **shares: float) -> Poll:
    return Poll(DAY - dt.timedelta(days=age_days), pollster, shares or {"LPC": 0.4, "CPC": 0.4}, size)


@pytest.mark.parametrize(
    ("age_days", "size", "expected"),
    [
        (0, 900, 30),
        (7, 900, 30),
        (8, 900, 30 * 0.93),
        (17, 900, 30 * 0.93**10),
        (0, 9000, sqrt(1500)),
        (0, None, sqrt(1000)),
    ],
)
def test_a_poll_weighs_by_sample_and_age(age_days: int, size: int | None, expected: float) -> None:
    assert weight(poll(age_days, size), DAY) == pytest.approx(expected)


def test_without_polls_there_is_no_average() -> None:
    assert polling_average([]) is None


def test_old_polls_are_left_out() -> None:
    average = polling_average([poll(61, LPC=0.1), poll(60, LPC=0.3), poll(0, LPC=0.3)])

    assert average is not None
    assert (len(average.polls), average.as_of) == (2, DAY)
    assert average.shares["LPC"] == pytest.approx(0.3)
    assert average.shares["OTH"] == pytest.approx(0.7)


def test_a_party_is_averaged_over_the_polls_that_name_it() -> None:
    average = polling_average([poll(LPC=0.4, GPC=0.05), poll(LPC=0.5)])

    assert average is not None
    assert average.shares == pytest.approx({"LPC": 0.45, "GPC": 0.05, "OTH": 0.5})


@given(
    st.lists(
        st.tuples(
            st.integers(0, 90),
            st.floats(0, 0.6),
            st.floats(0, 0.6),
            st.one_of(st.none(), st.integers(1, 5000)),
        ),
        min_size=1,
    )
)
def test_shares_are_shares_in_any_order(rows: list[tuple[int, float, float, int | None]]) -> None:
    polls = [poll(age, size, f"firm {i}", LPC=a, CPC=b) for i, (age, a, b, size) in enumerate(rows)]

    average, reversed_average = polling_average(polls), polling_average(polls[::-1])

    assert average is not None
    assert average == reversed_average
    assert sum(average.shares.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in average.shares.values())


def test_the_source_names_count_firms_and_days() -> None:
    average = polling_average([poll(0), poll(3, pollster="Léger")])
    alone = polling_average([poll(0)])

    assert average is not None
    assert alone is not None
    assert describe(average, "x") == "2 polls: Léger, Nanos; 2026-04-22 to 2026-04-25; x"
    assert describe(alone, "x") == "1 poll: Nanos; 2026-04-25; x"


def test_many_firms_are_counted_not_listed() -> None:
    average = polling_average([poll(pollster=f"F{i}") for i in range(8)])

    assert average is not None
    assert describe(average, "x").startswith("8 polls: F0, F1, F2, F3, F4, F5 and 2 more;")
