"""What may become of a sign-up, and who gets a seat. Pure."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from volunteers.enums import SEATED, SignupState

# {from: to …}: what people and captains may do; a promotion from the waiting list is a move like the others.
MOVES: dict[SignupState, frozenset[SignupState]] = {
    SignupState.REGISTERED: frozenset(
        {SignupState.CONFIRMED, SignupState.CANCELLED, SignupState.ATTENDED, SignupState.MISSED}
    ),
    SignupState.WAITLISTED: frozenset({SignupState.REGISTERED, SignupState.CANCELLED, SignupState.ATTENDED}),
    SignupState.CONFIRMED: frozenset({SignupState.CANCELLED, SignupState.ATTENDED, SignupState.MISSED}),
    SignupState.CANCELLED: frozenset({SignupState.REGISTERED, SignupState.WAITLISTED, SignupState.ATTENDED}),
    SignupState.ATTENDED: frozenset({SignupState.MISSED}),
    SignupState.MISSED: frozenset({SignupState.ATTENDED}),
}

QUARTER = Decimal("0.25")


def may_move(before: SignupState, after: SignupState) -> bool:
    """Say whether a sign-up may go from one state to the other."""
    return after in MOVES[before]


def state_for_new(states: Iterable[SignupState], *, capacity: int) -> SignupState:
    """Return the state of one more sign-up, given those that a shift has."""
    taken = sum(state in SEATED for state in states)
    return SignupState.REGISTERED if taken < capacity else SignupState.WAITLISTED


def hours_between(starts_at: datetime, ends_at: datetime) -> Decimal:
    """Return the length of a shift in hours, to the quarter, at least one quarter."""
    seconds = Decimal((ends_at - starts_at).total_seconds())
    quarters = (seconds / 900).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return max(quarters, Decimal(1)) * QUARTER
