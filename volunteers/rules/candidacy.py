"""The way to the unity candidate: which moves there are, and what each needs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from volunteers.enums import CandidacyState as State

ENDS = frozenset({State.DECLINED, State.WITHDRAWN})

# A lead moves one step at a time; whoever loses a state falls back one. Ends are ends: who comes back is entered anew.
MOVES: Mapping[str, tuple[State, ...]] = {
    State.CONSIDERED: (State.ASSESSED, State.DECLINED, State.WITHDRAWN),
    State.ASSESSED: (State.ENDORSED, State.DECLINED, State.WITHDRAWN),
    State.ENDORSED: (State.UNITY, State.ASSESSED, State.DECLINED, State.WITHDRAWN),
    State.UNITY: (State.ENDORSED, State.WITHDRAWN),
    State.DECLINED: (),
    State.WITHDRAWN: (),
}
# What the chapter stands behind: here it says what interest those have who decided.
BACKED = frozenset({State.ENDORSED, State.UNITY})


class Obstacle(StrEnum):
    """Why a move cannot be made."""

    NO_SUCH_MOVE = "no_such_move"
    NO_REASON = "no_reason"
    NO_EVIDENCE = "no_evidence"
    TAKEN = "taken"


@dataclass(frozen=True)
class Evidence:
    """What the public can read of a candidate: an interview, or where they stand on both fixed questions."""

    has_interview: bool
    has_both_stances: bool

    @property
    def suffices(self) -> bool:
        """Whether there is something by which readers can judge an endorsement."""
        return self.has_interview or self.has_both_stances


def obstacle_to_move(
    *, before: str, after: str, reasons: tuple[str, str], evidence: Evidence, is_taken: bool
) -> Obstacle | None:
    """Return why a candidate cannot go from one state to another; None if nothing is in the way.

    Args:
        before: the state now.
        after: the state wanted.
        reasons: the public reason in English and in French; one of them is enough.
        evidence: what is published about the candidate.
        is_taken: whether the riding has another unity candidate for the same election.
    """
    if after not in MOVES[before]:
        return Obstacle.NO_SUCH_MOVE
    if not any(reason.strip() for reason in reasons):
        return Obstacle.NO_REASON
    if after in BACKED and not evidence.suffices:
        return Obstacle.NO_EVIDENCE
    if after == State.UNITY and is_taken:
        return Obstacle.TAKEN
    return None
