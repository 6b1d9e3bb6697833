"""Numbers of pledges that are worth a word, in a riding and in the country. Pure."""

from dataclasses import dataclass
from enum import StrEnum

# Source: Leadnow, "Vote Together" (2015): 500 pledges in a riding opened the crowdfunding of its local poll, and 90,860
# people had pledged in the end.
POLL_OPENS = 500
IN_A_RIDING = (10, 50, 100, 250, POLL_OPENS, 1_000, 2_500, 5_000, 10_000)
IN_THE_COUNTRY = (
    100,
    500,
    1_000,
    5_000,
    10_000,
    25_000,
    50_000,
    90_860,
    150_000,
    250_000,
    500_000,
    1_000_000,
)


class Meaning(StrEnum):
    """What a milestone of a riding stands for, beyond being a round number."""

    ROUND = "round"
    POLL_OPENS = "poll_opens"
    MARGIN = "margin"


@dataclass(frozen=True)
class Milestone:
    """A number of pledges and what it stands for."""

    number: int
    meaning: Meaning = Meaning.ROUND


def riding_milestones(margin: int | None) -> tuple[Milestone, ...]:
    """Return the milestones of a riding, smallest first; the votes that decided it (`margin`) are one where known."""
    meanings = dict.fromkeys(IN_A_RIDING, Meaning.ROUND) | {POLL_OPENS: Meaning.POLL_OPENS}
    if margin:
        meanings[margin] = Meaning.MARGIN
    return tuple(Milestone(number, meaning) for number, meaning in sorted(meanings.items()))


def country_milestones() -> tuple[Milestone, ...]:
    """Return the milestones of the country, smallest first."""
    return tuple(Milestone(number) for number in IN_THE_COUNTRY)


def next_milestone(milestones: tuple[Milestone, ...], count: int) -> Milestone | None:
    """Return the smallest milestone that is not reached; None once all are."""
    return next((milestone for milestone in milestones if milestone.number > count), None)


def newly_reached(milestones: tuple[Milestone, ...], *, count: int, reached: frozenset[int]) -> list[int]:
    """Return the numbers that the count has reached and that are not among those noted as reached, smallest first."""
    numbers = (milestone.number for milestone in milestones if milestone.number <= count)
    return [number for number in numbers if number not in reached]
