"""For how long turfs are given out, and when printed sheets must be printed anew. Pure."""

from datetime import datetime, timedelta

DAYS, MOST_DAYS = 14, 60
REMINDED_BEFORE = timedelta(days=2)
# A sheet shows who has refused up to its printing: the older it is, the more doors are wrongly on it.
SHEET_GOOD_FOR = timedelta(days=3)


class BadDays(ValueError):
    """A turf is given out for a day at least and two months at most."""


def due_after(days: int, now: datetime) -> datetime:
    """Return when a turf given out now is due.

    Raises: BadDays.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadDays(days)
    return now + timedelta(days=days)


def reminder_due(*, checked_out_at: datetime, due_at: datetime) -> datetime:
    """Return when the holder is reminded: two days before, or halfway where the turf is given for less than four days."""
    return max(due_at - REMINDED_BEFORE, checked_out_at + (due_at - checked_out_at) / 2)


def sheet_expiry(*, printed_at: datetime, due_at: datetime) -> datetime:
    """Return until when a sheet is good: not beyond the day on which the turf is due."""
    return min(printed_at + SHEET_GOOD_FOR, due_at)
