"""How long what people wrote is kept. Pure.

Source: docs/privacy.md.
"""

from datetime import datetime, timedelta

# Names are what is delivered; afterwards riding, date and state are enough.
NAME_LIFE = timedelta(days=182)


def forgets_names(*, closes_at: datetime | None, delivered_at: datetime | None, now: datetime) -> bool:
    """Say whether the names under a petition may go: half a year after closing and after delivery."""
    if closes_at is None or delivered_at is None:
        return False
    return max(closes_at, delivered_at) + NAME_LIFE <= now
