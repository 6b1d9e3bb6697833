"""Moves of a round, who is on the roll, what a projection is worth."""

import datetime as dt
from typing import Any

import pytest

from pledges.enums import RoundState
from pledges.rules.advice import Advice, Placing, best_placed
from pledges.rules.roll import Place, Pledger, RollTerms, place_on_roll
from pledges.rules.round_states import may_move, reminder_due_at

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ALLOWED = {
    ("draft", "announced"),
    ("draft", "cancelled"),
    ("announced", "open"),
    ("announced", "cancelled"),
    ("open", "closed"),
    ("open", "cancelled"),
    ("closed", "published"),
}


@pytest.mark.parametrize("state", RoundState.values)
@pytest.mark.parametrize("to", RoundState.values)
def test_every_move_is_allowed_or_not(state: str, to: str) -> None:
    assert may_move(state, to) == ((state, to) in ALLOWED)


@pytest.mark.parametrize(
    ("days", "due"), [(5, NOON + 3 * DAY), (3, NOON + DAY), (2.9, None), (1, None)], ids=str
)
def test_people_are_reminded_two_days_before_closing_unless_it_just_opened(
    days: float, due: dt.datetime | None
) -> None:
    assert reminder_due_at(NOON, NOON + days * DAY) == due


TERMS = RollTerms(35001, NOON, includes_future_voters=False)
VOTER: dict[str, Any] = {
    "state": "confirmed",
    "riding_number": 35001,
    "has_confirmed_address": True,
    "pledged_at": NOON - DAY,
    "voter_status": "voter",
}


@pytest.mark.parametrize(
    ("differs", "place"),
    [
        ({}, Place.ON_ROLL),
        ({"pledged_at": NOON - dt.timedelta(microseconds=1)}, Place.ON_ROLL),
        ({"pledged_at": NOON}, Place.TOO_LATE),
        ({"riding_number": 35002}, Place.ELSEWHERE),
        ({"riding_number": None}, Place.ELSEWHERE),
        *(({"state": state}, Place.NOT_CONFIRMED) for state in ("pending", "held", "invalid", "withdrawn")),
        ({"has_confirmed_address": False}, Place.NO_ADDRESS),
        ({"voter_status": "young"}, Place.NO_VOTER),
        ({"voter_status": "newcomer"}, Place.NO_VOTER),
        ({"riding_number": 1, "state": "pending"}, Place.ELSEWHERE),
    ],
)
def test_a_pledge_gives_a_vote_or_the_first_reason_why_not(differs: dict[str, Any], place: Place) -> None:
    assert place_on_roll(Pledger(**VOTER | differs), TERMS) == place


def test_future_voters_vote_where_the_round_includes_them() -> None:
    terms = RollTerms(35001, NOON, includes_future_voters=True)

    assert place_on_roll(Pledger(**VOTER | {"voter_status": "young"}), terms) == Place.ON_ROLL


@pytest.mark.parametrize(
    ("shares", "target", "placing"),
    [
        ({"A": 0.30, "B": 0.27}, 0.4, Advice.TOO_CLOSE),
        ({"A": 0.30, "B": 0.22}, 0.4, Advice.LEANING),
        ({"A": 0.40, "B": 0.20, "C": 0.1}, 0.3, Advice.CLEAR),
        ({"A": 0.25, "B": 0.25}, None, Advice.TOO_CLOSE),
        ({"A": 0.40}, 0.3, None),
        ({"A": 0.60, "B": 0.3}, 0.01, None),
        ({"A": 0.01, "B": 0.0}, 0.99, None),
    ],
)
def test_a_projection_is_worth_as_much_as_its_gap(
    shares: dict[str, float], target: float | None, placing: Advice | None
) -> None:
    found = best_placed(shares, target)

    assert (found.advice if found else None) == placing


def test_equal_shares_name_the_same_leader_in_any_order() -> None:
    assert (
        best_placed({"B": 0.2, "A": 0.2}, 0.4)
        == best_placed({"A": 0.2, "B": 0.2}, 0.4)
        == Placing("A", 0.0, Advice.TOO_CLOSE)
    )
