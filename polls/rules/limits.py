"""What the law allows and wants reported: thresholds, limits and how near we are to them. Pure; amounts in cents.

Source: Canada Elections Act, S.C. 2000, c. 9, sections 349 to 359; docs/algorithms/law-of-money.md.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Organizers are told at these parts of a limit, in per cent.
WARNINGS = (60, 80, 100)


@dataclass(frozen=True)
class Limits:
    """The figures that hold from a day on; None is "no limit in this period".

    `counts_from` is the first day whose spending and gifts count against them; `reporting` and `registration` are
    passed by what is *more* than they say.
    """

    valid_from: dt.date
    counts_from: dt.date
    reporting_cents: int
    registration_cents: int
    riding_cents: int | None
    national_cents: int | None
    largest_gift_cents: int | None
    return_days: int


@dataclass(frozen=True)
class Meter:
    """How much of a limit is used; `limit_cents` None is "no limit"."""

    used_cents: int
    limit_cents: int | None

    @property
    def percent(self) -> int:
        """Whole per cent that are used, rounded down: 100 only where all of it is."""
        if self.limit_cents is None:
            return 0
        return self.used_cents * 100 // self.limit_cents if self.limit_cents else 100

    @property
    def level(self) -> int:
        """The highest warning that is reached; 0 before the first."""
        return max((warning for warning in WARNINGS if self.percent >= warning), default=0)

    @property
    def left_cents(self) -> int | None:
        """What may still be used; None without a limit."""
        return None if self.limit_cents is None else max(0, self.limit_cents - self.used_cents)

    def with_more(self, cents: int) -> "Meter":
        """Return the meter once so much more is used."""
        return Meter(self.used_cents + cents, self.limit_cents)

    @property
    def is_passed(self) -> bool:
        """More than the limit is used: to reach it is allowed."""
        return self.limit_cents is not None and self.used_cents > self.limit_cents


def limits_on(rows: Iterable[Limits], day: dt.date) -> Limits | None:
    """Return the figures in force on a day: those valid last; None before the first."""
    begun = [row for row in rows if row.valid_from <= day]
    return max(begun, key=lambda row: row.valid_from, default=None)


def totals(gifts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return {person key: cents} of gifts (person key, cents; what went back is negative), across all polls."""
    sums: dict[str, int] = {}
    for person, cents in gifts:
        sums[person] = sums.get(person, 0) + cents
    return sums


def must_be_reported(total_cents: int, limits: Limits) -> bool:
    """Return whether somebody's gifts are to be reported one by one: more than the threshold, not the threshold."""
    return total_cents > limits.reporting_cents


def reported(sums: Mapping[str, int], limits: Limits) -> set[str]:
    """Return the people who are reported by name."""
    return {person for person, cents in sums.items() if must_be_reported(cents, limits)}


def is_too_much(total_cents: int, limits: Limits) -> bool:
    """Return whether somebody gave more in this period than one person may."""
    return limits.largest_gift_cents is not None and total_cents > limits.largest_gift_cents


def back_by(received_on: dt.date, limits: Limits) -> dt.date:
    """Return the day by which money that may not be used must have gone back."""
    return received_on + dt.timedelta(days=limits.return_days)
