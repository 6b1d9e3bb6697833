"""What may become of a list, and how long it is kept. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from volunteers.enums import ListState

# A closed list is not opened again: what it promised its people about the time it is kept would begin anew.
MOVES: dict[ListState, frozenset[ListState]] = {
    ListState.DRAFT: frozenset({ListState.ACTIVE, ListState.CLOSED}),
    ListState.ACTIVE: frozenset({ListState.PAUSED, ListState.CLOSED}),
    ListState.PAUSED: frozenset({ListState.ACTIVE, ListState.CLOSED}),
    ListState.CLOSED: frozenset(),
}


class Obstacle(StrEnum):
    """Why a list cannot become what is wanted."""

    NO_SUCH_MOVE = "no_such_move"
    EMPTY = "empty"
    PAST_ITS_DAY = "past_its_day"


@dataclass(frozen=True)
class ListFacts:
    """What decides about a move; `size` counts doors or people to call."""

    state: ListState
    size: int
    purge_on: dt.date


def obstacle_to(target: ListState, facts: ListFacts, *, today: dt.date) -> Obstacle | None:
    """Say what stands against a move; None if nothing does."""
    if target not in MOVES[facts.state]:
        return Obstacle.NO_SUCH_MOVE
    if target != ListState.ACTIVE:
        return None
    if is_due(facts.purge_on, today=today):
        return Obstacle.PAST_ITS_DAY
    return None if facts.size else Obstacle.EMPTY


def is_due(purge_on: dt.date, *, today: dt.date) -> bool:
    """Say whether the day has come on which a list is deleted."""
    return purge_on <= today


def longest_day(made_on: dt.date, *, most_days: int) -> dt.date:
    """Return the last day up to which a list may be kept that was made on a day."""
    return made_on + dt.timedelta(days=most_days)
