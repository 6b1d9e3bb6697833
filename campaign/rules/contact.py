"""What becomes of a message from the contact form, and who hears of it. Pure."""

from campaign.enums import ContactMove, ContactState
from campaign.rules.doubts import is_probably_robot

_MOVES = {
    (ContactState.NEW, ContactMove.ANSWER): ContactState.ANSWERED,
    (ContactState.NEW, ContactMove.CLOSE): ContactState.CLOSED,
    (ContactState.NEW, ContactMove.REFUSE): ContactState.SPAM,
    (ContactState.HELD, ContactMove.RELEASE): ContactState.NEW,
    (ContactState.HELD, ContactMove.REFUSE): ContactState.SPAM,
    (ContactState.SPAM, ContactMove.RELEASE): ContactState.NEW,
    (ContactState.ANSWERED, ContactMove.REOPEN): ContactState.NEW,
    (ContactState.CLOSED, ContactMove.REOPEN): ContactState.NEW,
}
SETTLED = (ContactState.ANSWERED, ContactState.CLOSED, ContactState.SPAM)

# From one e-mail address within a day, however many connections it uses; more are held.
MOST_A_DAY = 5


def state_of_new(doubts: frozenset[str], *, earlier_count: int) -> ContactState:
    """Return the state in which a message arrives.

    Args:
        doubts: about how the form was filled in.
        earlier_count: messages from the same e-mail address within the last day.
    """
    is_held = is_probably_robot(doubts) or earlier_count >= MOST_A_DAY
    return ContactState.HELD if is_held else ContactState.NEW


def may_acknowledge(state: str, doubts: frozenset[str]) -> bool:
    """Say whether the sender may be mailed that the message has arrived: only beyond every doubt.

    Anybody can type anybody's address. A proof of work, asked for by the doubts, makes every such mail cost the sender
    something; whoever sends none, for want of JavaScript, sees the answer on the page.
    """
    return state == ContactState.NEW and not doubts


def state_after_move(state: str, move: str) -> str | None:
    """Return the state to which a move leads, None if it cannot be made in this state."""
    return _MOVES.get((ContactState(state), ContactMove(move)))


def moves_in(state: str) -> tuple[ContactMove, ...]:
    """Return the moves that can be made in a state."""
    return tuple(move for move in ContactMove if (ContactState(state), move) in _MOVES)
