"""The board on which organizers see every project."""

from dataclasses import dataclass
from datetime import datetime

from polls.enums import ProjectState
from polls.models import PollProject
from polls.queries.projects import ProjectCard, cards_of

# Old ones stand in the list.
MOST_IN_COLUMN = 50


@dataclass(frozen=True)
class Column:
    """The projects in one state, the sooner deadline first."""

    state: str
    label: str
    cards: tuple[ProjectCard, ...]


def pipeline(now: datetime) -> tuple[Column, ...]:
    """Return a column for every state; four queries however many projects there are."""
    rows = PollProject.objects.select_related("riding__boundary_set", "poll").order_by("deadline_at", "pk")
    cards = cards_of(rows, now=now)
    return tuple(
        Column(
            state.value,
            str(state.label),
            tuple(card for card in cards if card.project.state == state)[:MOST_IN_COLUMN],
        )
        for state in ProjectState
    )
