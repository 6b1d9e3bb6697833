"""Moves of a poll. Pure; the database holds the same (migration 0041)."""

from polls.enums import PollState

MOVES: dict[PollState, frozenset[PollState]] = {
    PollState.DRAFT: frozenset({PollState.PUBLISHED}),
    PollState.PUBLISHED: frozenset({PollState.RETRACTED}),
    # Corrected, it may be published anew; it never becomes a draft, for people have seen it.
    PollState.RETRACTED: frozenset({PollState.PUBLISHED}),
}


def may_move(state: str, to: str) -> bool:
    """Return whether a poll may go from one state to another."""
    return PollState(to) in MOVES[PollState(state)]
