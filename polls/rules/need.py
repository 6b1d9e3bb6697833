"""Which poll needs a gift most, and which race is the closest. Pure; the pages say the same in words. See docs/adr/0036."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# A race decided by this lead or more is as good as decided; from here on only the missing money counts.
# Source: Leadnow, “Vote Together” methodology, 2015: ridings decided by less than 15 points were called swing ridings.
WIDEST_LEAD = 0.15
# What the closeness of a race counts at the least, and where nobody knows it.
LEAST_WEIGHT = 0.05
UNKNOWN_WEIGHT = 0.5


@dataclass(frozen=True)
class Candidate:
    """A project that takes gifts: sums in cents; `lead` is the projected lead of the first over the second, 0–1."""

    project: int
    riding_number: int
    goal_cents: int
    in_sight_cents: int
    deadline_at: datetime
    lead: float | None


def closeness(lead: float | None) -> float:
    """Return how close a race is: 1 for a tie, falling to the least at a lead of 15 points."""
    if lead is None:
        return UNKNOWN_WEIGHT
    return max(LEAST_WEIGHT, 1 - lead / WIDEST_LEAD)


def missing_share(candidate: Candidate) -> float:
    """Return the share of the goal that is neither here nor promised."""
    return max(0, candidate.goal_cents - candidate.in_sight_cents) / candidate.goal_cents


def by_need(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the projects by missing share times closeness, the largest first; in a tie the sooner deadline."""
    return sorted(
        candidates,
        key=lambda each: (-missing_share(each) * closeness(each.lead), each.deadline_at, each.riding_number),
    )


def by_closeness(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the projects by race, the closest first; in a tie what lacks more of its goal, then the sooner deadline."""
    return sorted(
        candidates,
        key=lambda each: (
            -closeness(each.lead),
            -missing_share(each),
            each.deadline_at,
            each.riding_number,
        ),
    )
