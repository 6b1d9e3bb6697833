"""When a petition can be signed, and until when a signature may be confirmed. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A signature given in time may still be confirmed this long after the petition closed.
GRACE = timedelta(hours=24)


class Opening(StrEnum):
    """Whether a petition can be seen and signed."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Schedule:
    """What decides whether a petition is open; times in UTC."""

    is_published: bool
    opens_at: datetime
    closes_at: datetime | None
    withdrawn_at: datetime | None


def opening(schedule: Schedule, now: datetime) -> Opening:
    """Say whether the petition is open at this moment."""
    if not schedule.is_published:
        return Opening.DRAFT
    if schedule.withdrawn_at is not None and schedule.withdrawn_at <= now:
        return Opening.WITHDRAWN
    if now < schedule.opens_at:
        return Opening.UPCOMING
    if schedule.closes_at is not None and now >= schedule.closes_at:
        return Opening.CLOSED
    return Opening.OPEN


def may_confirm(schedule: Schedule, now: datetime) -> bool:
    """Say whether a signature given in time may be confirmed now: until a day after closing."""
    if schedule.closes_at is not None and now >= schedule.closes_at + GRACE:
        return False
    return opening(schedule, now) in {Opening.OPEN, Opening.CLOSED}
