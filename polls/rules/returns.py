"""The returns that a registered third party files around an election, and the days their figures go to. Pure.

Source: Canada Elections Act, S.C. 2000, c. 9, sections 357.01 (21 days before polling day), 357.02 (7 days before) and
359 (four months after); the interim returns cover what was until two days before they are due.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

FIRST_DUE = dt.timedelta(days=21)
SECOND_DUE = dt.timedelta(days=7)
CLOSED_BEFORE = dt.timedelta(days=2)
MONTHS_TO_FINAL = 4


class ReturnKind(StrEnum):
    """Which return."""

    FIRST = "first"
    SECOND = "second"
    FINAL = "final"


@dataclass(frozen=True)
class Return:
    """A return: the days it speaks of, both included, and the day it is due."""

    kind: ReturnKind
    begins_on: dt.date
    ends_on: dt.date
    due_on: dt.date


def returns_of(polling_day: dt.date, counts_from: dt.date) -> tuple[Return, ...]:
    """Return the three returns of an election whose period counts from a day; those that would end before it are left out."""
    first, second = polling_day - FIRST_DUE, polling_day - SECOND_DUE
    final = _months_later(polling_day, MONTHS_TO_FINAL)
    everything = (
        Return(ReturnKind.FIRST, counts_from, first - CLOSED_BEFORE, first),
        Return(ReturnKind.SECOND, counts_from, second - CLOSED_BEFORE, second),
        Return(ReturnKind.FINAL, counts_from, polling_day, final),
    )
    return tuple(one for one in everything if one.begins_on <= one.ends_on)


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
