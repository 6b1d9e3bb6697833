"""The one seam through which time enters the program."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC, aware of its zone."""
    return datetime.now(UTC)
