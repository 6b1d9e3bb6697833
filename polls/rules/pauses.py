"""How long to wait before asking again. Pure."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
# Providers repeat their own notices for about three days.
# Source: docs.stripe.com/webhooks, “Retry behavior”, read 2026-11.
GIVEN_UP_AFTER = timedelta(days=3)

_MOST_DOUBLINGS = 10


def pause_before(tries: int) -> timedelta:
    """Return the pause after a number of tries: 30 s, 1 min, 2 min … 1 h."""
    doublings: int = min(tries - 1, _MOST_DOUBLINGS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def is_given_up(*, since: datetime, now: datetime) -> bool:
    """Return whether it was tried long enough."""
    return now - since > GIVEN_UP_AFTER
