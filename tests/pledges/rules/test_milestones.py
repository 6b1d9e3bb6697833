"""Which numbers of pledges are worth a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.rules.milestones import (
    IN_A_RIDING,
    Meaning,
    Milestone,
    country_milestones,
    newly_reached,
    next_milestone,
    riding_milestones,
)


@pytest.mark.parametrize(
    ("margin", "count", "expected"),
    [
        (None, 0, Milestone(10)),
        (None, 10, Milestone(50)),
        (None, 499, Milestone(500, Meaning.POLL_OPENS)),
        (None, 10_000, None),
        (0, 0, Milestone(10)),
        (2873, 2600, Milestone(2873, Meaning.MARGIN)),
        (2873, 2873, Milestone(5000)),
        (500, 260, Milestone(500, Meaning.MARGIN)),
        (12_000, 10_000, Milestone(12_000, Meaning.MARGIN)),
    ],
)
def test_the_next_stop_of_a_riding(margin: int | None, count: int, expected: Milestone | None) -> None:
    assert next_milestone(riding_milestones(margin), count) == expected


@pytest.mark.parametrize(
    ("count", "reached", "new"),
    [
        (9, frozenset(), []),
        (60, frozenset(), [10, 50]),
        (60, frozenset({10}), [50]),
        (40, frozenset({10, 50}), []),
    ],
)
def test_what_was_reached_is_noted_once_also_after_falling_back(
    count: int, reached: frozenset[int], new: list[int]
) -> None:
    assert newly_reached(riding_milestones(None), count=count, reached=reached) == new


@given(st.integers(0, 100_000) | st.none(), st.integers(0, 20_000))
def test_stops_rise_and_the_next_is_the_first_beyond_the_count(margin: int | None, count: int) -> None:
    milestones = riding_milestones(margin)
    numbers = [milestone.number for milestone in milestones]

    assert numbers == sorted({*IN_A_RIDING, *([margin] if margin else [])})
    found = next_milestone(milestones, count)
    assert (found.number if found else None) == min((n for n in numbers if n > count), default=None)


def test_the_country_counts_towards_the_pledges_of_2015() -> None:
    assert next_milestone(country_milestones(), 50_000) == Milestone(90_860)
