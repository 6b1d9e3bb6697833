"""Moves of a contribution. Pure.

A provider's notices come late, twice and in any order: whatever is not a move of this table changes nothing.
"""

from polls.enums import ContributionState as State

MOVES: dict[State, frozenset[State]] = {
    State.STARTED: frozenset({State.SETTLED, State.SAVED, State.LAPSED}),
    # Who pays although we had given the session up has paid all the same.
    State.LAPSED: frozenset({State.SETTLED, State.SAVED}),
    State.SAVED: frozenset({State.CHARGING, State.RELEASED}),
    State.CHARGING: frozenset({State.SETTLED, State.FAILING}),
    # A card that was mended is saved again and tried again; a late success counts.
    State.FAILING: frozenset({State.CHARGING, State.SETTLED, State.RELEASED}),
    State.SETTLED: frozenset({State.REFUNDED, State.DISPUTED}),
    State.DISPUTED: frozenset({State.SETTLED, State.CHARGED_BACK}),
    # The card's bank may still be asked after a refund; a refund may come back.
    State.REFUNDED: frozenset({State.SETTLED, State.DISPUTED}),
    State.CHARGED_BACK: frozenset(),
    State.RELEASED: frozenset(),
}

# Money that is here, or was and is contested.
HELD = frozenset({State.SETTLED, State.DISPUTED})
# Promised by a saved card.
PROMISED = frozenset({State.SAVED, State.CHARGING, State.FAILING})


def may_move(state: str, to: str) -> bool:
    """Return whether a contribution may go from one state to another."""
    return State(to) in MOVES[State(state)]
