"""Margins of error against figures that anybody can look up."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.rules.sampling import Interval, differs, effective_size, interval, lead_margin, margin_of_error


@pytest.mark.parametrize(
    ("size", "points"), [(100, 9.8), (400, 4.9), (500, 4.38), (600, 4.0), (1000, 3.1), (1500, 2.53)]
)
def test_margins_are_those_that_firms_state(size: int, points: float) -> None:
    assert round(margin_of_error(size) * 100, 2) == pytest.approx(points, abs=0.005)


def test_margin_is_smaller_for_small_shares_and_nothing_for_none() -> None:
    assert round(margin_of_error(600, 0.1), 4) == 0.0240
    assert margin_of_error(600, 0.0) == 0.0


def test_margin_shrinks_in_a_finite_population_and_grows_by_the_design_effect() -> None:
    assert round(margin_of_error(600, population=2000), 4) == 0.0335
    assert margin_of_error(600, population=600) == 0.0
    assert margin_of_error(600, design_effect=1.5) == pytest.approx(margin_of_error(400))


def test_interval_is_wilsons() -> None:
    found = interval(0.3, 100)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2189, 0.3958)
    nobody = interval(0.0, 100)
    assert (nobody.low, round(nobody.high, 4)) == (0.0, 0.0370)
    assert interval(0.4, 50, population=50) == Interval(0.4, 0.4)


def test_lead_is_less_certain_than_either_share() -> None:
    assert round(lead_margin(0.40, 0.36, 600), 4) == 0.0697
    assert lead_margin(0.5, 0.5, 600) == pytest.approx(2 * margin_of_error(600))


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        (0.04, 0.04, False),
        (0.042, 0.04, False),
        (0.038, 0.04, False),
        (0.0421, 0.04, True),
        (0.035, 0.04, True),
    ],
)
def test_more_than_two_tenths_of_a_point_differ(stated: float, computed: float, expected: bool) -> None:
    assert differs(stated, computed) is expected


@pytest.mark.parametrize(
    ("size", "population", "effect"), [(0, None, 1.0), (10, 9, 1.0), (10, None, 0.0), (-1, None, 1.0)]
)
def test_impossible_samples_are_refused(size: int, population: int | None, effect: float) -> None:
    with pytest.raises(ValueError, match="no sample"):
        effective_size(size, population=population, design_effect=effect)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.inf])
def test_impossible_shares_are_refused(share: float) -> None:
    with pytest.raises(ValueError, match="no share"):
        interval(share, 100)
    with pytest.raises(ValueError, match="no share"):
        margin_of_error(100, share)
    with pytest.raises(ValueError, match="no shares"):
        lead_margin(share, 0.5, 100)


@given(share=st.floats(0, 1), size=st.integers(1, 100_000), effect=st.floats(0.5, 4))
def test_interval_holds_its_share_and_stays_a_share(share: float, size: int, effect: float) -> None:
    found = interval(share, size, design_effect=effect)
    assert 0 <= found.low <= share <= found.high <= 1
