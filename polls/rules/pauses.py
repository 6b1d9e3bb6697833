"""How long to wait before asking again. Pure."""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
# Providers repeat their own notices for about three days.
# Source: docs.stripe.com/webhooks, “Retry behavior”, read 2026-11.
GIVEN_UP_AFTER = timedelta(days=3)
# Providers know a key for a day at least.
# Source: docs.stripe.com/api/idempotent_requests, read 2026-11.
KEYS_KEPT_FOR = timedelta(hours=20)
# Their clocks and ours differ a little.
CLOCKS_DIFFER_BY = timedelta(minutes=5)

_MOST_DOUBLINGS = 10


def pause_before(tries: int) -> timedelta:
    """Return the pause after a number of tries: 30 s, 1 min, 2 min … 1 h."""
    doublings: int = min(tries - 1, _MOST_DOUBLINGS)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def is_given_up(*, since: datetime, now: datetime) -> bool:
    """Return whether it was tried long enough."""
    return now - since > GIVEN_UP_AFTER


def is_key_old(*, asked_at: datetime, now: datetime) -> bool:
    """Return whether a provider may have forgotten the key of a question: asked again under it, it might act again."""
    return now - asked_at > KEYS_KEPT_FOR
