"""What a projection says about which cooperating candidate is best placed, and how far it can be trusted. Pure.

Source: docs/algorithms/recommendation.md, “Evidence”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# Gaps in shares of 0–1 between the first two cooperating parties.
CLOSE, CLEAR = 0.05, 0.12
# Where the target party has less or more than this, no candidate of the others decides the seat.
HOPELESS, SURE = 0.02, 0.98


class Advice(StrEnum):
    """How sure a projection is about who is best placed."""

    TOO_CLOSE = "too_close"
    LEANING = "leaning"
    CLEAR = "clear"


@dataclass(frozen=True)
class Placing:
    """Who is ahead among the cooperating parties, by how much (0–1), and what that is worth."""

    leader: str
    gap: float
    advice: Advice


def best_placed(cooperating: Mapping[str, float], target_share: float | None) -> Placing | None:
    """Return who is best placed by projected shares; None where there is nothing to compare or nothing to decide."""
    if len(cooperating) < 2 or (target_share is not None and not HOPELESS <= target_share <= SURE):  # noqa: PLR2004 — two to compare
        return None
    (leader, first), (_second, second) = sorted(cooperating.items(), key=lambda item: (-item[1], item[0]))[:2]
    gap = first - second
    advice = Advice.TOO_CLOSE if gap < CLOSE else Advice.LEANING if gap < CLEAR else Advice.CLEAR
    return Placing(leader, gap, advice)
