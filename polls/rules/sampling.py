"""How far a poll may be off by chance. Pure; shares are 0–1, sizes are numbers of people.

Everything is 19 times in 20. That is chance alone: who answers, how people are asked and weighting add to it, so a
pollster who weights much says so by a design effect above 1.
Source: docs/algorithms/publishing-polls.md, by Cochran, “Sampling Techniques”, third edition, 1977, sections 2.6 and 3.2;
Wilson, “Probable inference, the law of succession, and statistical inference”, 1927, JASA 22, pages 209–212; Kish,
“Survey Sampling”, 1965, section 8.2 (design effect).
"""

from dataclasses import dataclass
from math import sqrt

# Two-sided, 95 %.
NINETEEN_IN_TWENTY = 1.959964
# Firms round to a tenth of a point; more than two tenths is no rounding.
LARGEST_DIFFERENCE = 0.002


@dataclass(frozen=True)
class Interval:
    """Where a share lies, 19 times in 20."""

    low: float
    high: float


def effective_size(size: int, *, population: int | None = None, design_effect: float = 1.0) -> float:
    """Return of how many people a simple random sample would say as much.

    Args:
        size: people who answered, at least one.
        population: all who could have been asked; None where they are many times more.
        design_effect: by how much weighting and clusters widen the variance, 1 for none.

    Raises: ValueError for sizes that cannot be.
    """
    if size < 1 or design_effect <= 0 or (population is not None and population < size):
        raise ValueError(f"no sample: {size} of {population}, design effect {design_effect}")
    if population is None or population == 1:
        return size / design_effect
    left = (population - size) / (population - 1)
    return size / (design_effect * left) if left else float("inf")


def margin_of_error(
    size: int, share: float = 0.5, *, population: int | None = None, design_effect: float = 1.0
) -> float:
    """Return the margin of error of a share, 19 times in 20; at one half it is the largest, which firms state."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
    people = effective_size(size, population=population, design_effect=design_effect)
    return NINETEEN_IN_TWENTY * sqrt(share * (1 - share) / people)


def interval(
    share: float, size: int, *, population: int | None = None, design_effect: float = 1.0
) -> Interval:
    """Return where a share lies, by Wilson’s score: inside 0–1, and of some width even where nobody answered so."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
    people = effective_size(size, population=population, design_effect=design_effect)
    if people == float("inf"):
        return Interval(share, share)
    squared = NINETEEN_IN_TWENTY**2 / people
    middle = (share + squared / 2) / (1 + squared)
    half = NINETEEN_IN_TWENTY / (1 + squared) * sqrt(share * (1 - share) / people + squared / (4 * people))
    return Interval(max(min(middle - half, share), 0.0), min(max(middle + half, share), 1.0))


def lead_margin(
    first: float, second: float, size: int, *, population: int | None = None, design_effect: float = 1.0
) -> float:
    """Return the margin of error of the lead of one answer over another of the same question: nearly twice a share’s.

    Source: Franklin, “The ‘margin of error’ for differences in polls”, 2007: the two shares are not independent.
    """
    if min(first, second) < 0 or first + second > 1 + 1e-9:
        raise ValueError(f"{first} and {second} are no shares of one question")
    people = effective_size(size, population=population, design_effect=design_effect)
    variance = max(first + second - (first - second) ** 2, 0.0)
    return NINETEEN_IN_TWENTY * sqrt(variance / people)


def differs(stated: float, computed: float) -> bool:
    """Say whether a stated margin is more than rounding away from the computed one."""
    return round(abs(stated - computed), 6) > LARGEST_DIFFERENCE
