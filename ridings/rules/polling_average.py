"""Averages of opinion polls.

Source: docs/algorithms/polling-average.md, 2026-11-23: weights that did well on elections of 2015 to 2025.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

# Beyond this size a sample tells little more: the error of method outweighs that of sampling.
LARGEST_SAMPLE = 1500
# A regional figure rests on a part of a national sample whose size is often not published.
USUAL_SAMPLE = 1000
FULL_WEIGHT_DAYS = 7
DAILY_DECAY = 0.93
WINDOW_DAYS = 60
REMAINDER = "OTH"


@dataclass(frozen=True)
class Poll:
    """One poll in one region: {party code: share}, shares in [0, 1]; parties not asked for are absent."""

    ended_on: date
    pollster: str
    shares: Mapping[str, float]
    sample_size: int | None = None


@dataclass(frozen=True)
class Average:
    """Weighted average of polls: shares sum to 1, the remainder under `OTH`."""

    as_of: date
    shares: Mapping[str, float]
    polls: Sequence[Poll]


def weight(poll: Poll, as_of: date) -> float:
    """Return how much a poll counts on a day: root of its sample, full for a week, then less every day."""
    age_days = (as_of - poll.ended_on).days
    size = min(poll.sample_size or USUAL_SAMPLE, LARGEST_SAMPLE)
    return sqrt(size) * DAILY_DECAY ** max(age_days - FULL_WEIGHT_DAYS, 0)


def polling_average(polls: Iterable[Poll]) -> Average | None:
    """Return the average on the day of the latest poll, over the 60 days before it; None without polls.

    A party's share is averaged over the polls that name it. What no party has is `OTH`; rounded figures that
    add up to more than all are scaled down.
    """
    ordered = sorted(polls, key=lambda poll: (poll.ended_on, poll.pollster))
    if not ordered:
        return None
    as_of = ordered[-1].ended_on
    recent = [poll for poll in ordered if poll.ended_on >= as_of - timedelta(days=WINDOW_DAYS)]
    codes = sorted({code for poll in recent for code in poll.shares} - {REMAINDER})
    means = {code: _mean(code, recent, as_of) for code in codes}
    total = sum(means.values())
    scale = 1 / total if total > 1 else 1.0
    shares = {code: share * scale for code, share in means.items()}
    return Average(as_of, {**shares, REMAINDER: max(0.0, 1 - sum(shares.values()))}, recent)


def _mean(code: str, polls: Sequence[Poll], as_of: date) -> float:
    naming = [(poll.shares[code], weight(poll, as_of)) for poll in polls if code in poll.shares]
    return sum(share * w for share, w in naming) / sum(w for _, w in naming)


def describe(average: Average, collected_by: str) -> str:
    """Return the source line of an average: how many polls, of whom, from when to when."""
    names = sorted({poll.pollster for poll in average.polls})
    listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")  # noqa: PLR2004
    count = len(average.polls)
    polls = "1 poll" if count == 1 else f"{count} polls"
    first = average.polls[0].ended_on
    dates = f"{first}" if first == average.as_of else f"{first} to {average.as_of}"
    return f"{polls}: {listed}; {dates}; {collected_by}"
