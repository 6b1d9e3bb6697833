"""The table of moves, cell by cell, and what each needs."""

from itertools import product

import pytest

from volunteers.enums import CandidacyState as State
from volunteers.rules.candidacy import ENDS, MOVES, Evidence, Obstacle, obstacle_to_move

ALLOWED = {
    ("considered", "assessed"), ("considered", "declined"), ("considered", "withdrawn"),
    ("assessed", "endorsed"), ("assessed", "declined"), ("assessed", "withdrawn"),
    ("endorsed", "unity"), ("endorsed", "assessed"), ("endorsed", "declined"), ("endorsed", "withdrawn"),
    ("unity", "endorsed"), ("unity", "withdrawn"),
}  # fmt: skip
INTERVIEW, STANCES, NOTHING = Evidence(True, False), Evidence(False, True), Evidence(False, False)


def obstacle(before: str, after: str, evidence: Evidence = INTERVIEW, **fields: object) -> Obstacle | None:
    values = {"reasons": ("Because.", ""), "is_taken": False, **fields}
    return obstacle_to_move(before=before, after=after, evidence=evidence, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after"), list(product(State.values, State.values)))
def test_every_cell_of_the_table(before: str, after: str) -> None:
    is_allowed = (before, after) in ALLOWED

    assert obstacle(before, after) == (None if is_allowed else Obstacle.NO_SUCH_MOVE)


def test_ends_are_ends_and_every_state_has_its_row() -> None:
    assert set(MOVES) == set(State)
    assert {state for state, moves in MOVES.items() if not moves} == set(ENDS)


@pytest.mark.parametrize(("before", "after"), sorted(ALLOWED))
def test_every_move_needs_a_reason_in_one_language(before: str, after: str) -> None:
    assert obstacle(before, after, reasons=(" ", "\n")) == Obstacle.NO_REASON
    assert obstacle(before, after, reasons=("", "Parce que.")) is None


@pytest.mark.parametrize(("before", "after"), sorted(ALLOWED))
@pytest.mark.parametrize("evidence", [INTERVIEW, STANCES, NOTHING])
def test_only_standing_behind_somebody_needs_evidence(before: str, after: str, evidence: Evidence) -> None:
    needs = after in {"endorsed", "unity"}

    assert obstacle(before, after, evidence) == (
        Obstacle.NO_EVIDENCE if needs and evidence == NOTHING else None
    )


def test_there_is_one_unity_candidate() -> None:
    assert obstacle("endorsed", "unity", is_taken=True) == Obstacle.TAKEN
    assert obstacle("assessed", "endorsed", is_taken=True) is None
