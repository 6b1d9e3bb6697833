"""Where a gift is needed most, and where it goes on to."""

import datetime as dt
from typing import Any

import pytest

from polls.rules.need import Candidate, by_closeness, by_need, closeness, missing_share

SOON = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
LATER = SOON + dt.timedelta(days=9)


def candidate(project: int, *, in_sight: int = 0, lead: float | None = 0.0, **fields: Any) -> Candidate:
    return Candidate(project, 35000 + project, 1000, in_sight, fields.get("deadline", SOON), lead)


@pytest.mark.parametrize(
    ("lead", "expected"), [(0.0, 1.0), (0.075, 0.5), (0.15, 0.05), (0.9, 0.05), (None, 0.5)]
)
def test_closeness_falls_with_the_lead(lead: float | None, expected: float) -> None:
    assert closeness(lead) == pytest.approx(expected)


@pytest.mark.parametrize(("in_sight", "expected"), [(0, 1.0), (250, 0.75), (1000, 0.0), (1500, 0.0)])
def test_the_missing_share_is_never_negative(in_sight: int, expected: float) -> None:
    assert missing_share(candidate(1, in_sight=in_sight)) == expected


def test_need_weighs_what_is_missing_by_how_close_the_race_is() -> None:
    half_paid_tie = candidate(1, in_sight=500, lead=0.0)
    unpaid_wide = candidate(2, lead=0.12)
    nearly_paid = candidate(3, in_sight=900, lead=0.0)
    unpaid_close = candidate(4, lead=0.03)

    ranked = by_need([half_paid_tie, unpaid_wide, nearly_paid, unpaid_close])

    assert [each.project for each in ranked] == [4, 1, 2, 3]


def test_the_closest_race_comes_first_whatever_it_lacks() -> None:
    ranked = by_closeness(
        [candidate(1, lead=0.02), candidate(2, in_sight=999, lead=0.01), candidate(3, lead=None)]
    )

    assert [each.project for each in ranked] == [2, 1, 3]


def test_ties_go_to_the_sooner_deadline_then_to_the_lower_number() -> None:
    rows = [candidate(3), candidate(2, deadline=LATER), candidate(1)]

    assert [each.project for each in by_need(rows)] == [1, 3, 2]
    assert [each.project for each in by_closeness(rows)] == [1, 3, 2]


def test_nothing_open_needs_nothing() -> None:
    assert (by_need([]), by_closeness([])) == ([], [])
