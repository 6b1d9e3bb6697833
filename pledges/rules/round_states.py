"""The life of a recommendation round: which moves are allowed, and when people are reminded. Pure."""

from datetime import datetime, timedelta

from pledges.enums import RoundState

# Nobody cancels what is closed: organizers know no more of the count than anybody else, and shall not choose.
MOVES: dict[str, frozenset[str]] = {
    RoundState.DRAFT: frozenset({RoundState.ANNOUNCED, RoundState.CANCELLED}),
    RoundState.ANNOUNCED: frozenset({RoundState.OPEN, RoundState.CANCELLED}),
    RoundState.OPEN: frozenset({RoundState.CLOSED, RoundState.CANCELLED}),
    RoundState.CLOSED: frozenset({RoundState.PUBLISHED}),
    RoundState.PUBLISHED: frozenset(),
    RoundState.CANCELLED: frozenset(),
}
# A riding has one of these at a time.
LIVE = (RoundState.ANNOUNCED, RoundState.OPEN, RoundState.CLOSED)
REMINDER_BEFORE_CLOSING = timedelta(days=2)
LEAST_BEFORE_REMINDER = timedelta(days=1)


def may_move(state: str, to: str) -> bool:
    """Say whether a round may go from one state to another."""
    return to in MOVES[state]


def reminder_due_at(opens_at: datetime, closes_at: datetime) -> datetime | None:
    """Return when those without a ballot are reminded: two days before closing; None in a round too short for it."""
    at = closes_at - REMINDER_BEFORE_CLOSING
    return at if at >= opens_at + LEAST_BEFORE_REMINDER else None
