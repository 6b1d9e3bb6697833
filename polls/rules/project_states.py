"""Moves of a poll project. Pure."""

from polls.enums import ProjectState

_DRAFT, _FUNDING, _CONFIRMING = ProjectState.DRAFT, ProjectState.FUNDING, ProjectState.CONFIRMING

MOVES: dict[ProjectState, frozenset[ProjectState]] = {
    _DRAFT: frozenset({_FUNDING}),
    # Where no card waits to be charged, nothing has to be confirmed.
    _FUNDING: frozenset({_CONFIRMING, ProjectState.FUNDED, ProjectState.FAILED}),
    # Declined cards may drop the sum below the goal: then people may give again until the deadline.
    _CONFIRMING: frozenset({_FUNDING, ProjectState.FUNDED, ProjectState.FAILED}),
    # A pollster may not deliver: what was given goes back.
    ProjectState.FUNDED: frozenset({ProjectState.IN_FIELD, ProjectState.FAILED}),
    ProjectState.IN_FIELD: frozenset({ProjectState.PUBLISHED, ProjectState.FAILED}),
    # A retracted poll may be corrected and published anew.
    ProjectState.PUBLISHED: frozenset({ProjectState.IN_FIELD}),
    ProjectState.FAILED: frozenset({ProjectState.REFUNDED}),
    ProjectState.REFUNDED: frozenset(),
}

TAKES_GIFTS = frozenset({_FUNDING})


def may_move(state: str, to: str) -> bool:
    """Return whether a project may go from one state to another."""
    return ProjectState(to) in MOVES[ProjectState(state)]
