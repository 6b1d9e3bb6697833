"""How long what people wrote is kept. Pure.

Source: docs/privacy.md.
"""

from datetime import datetime, timedelta

# Long enough to see an attack, and no longer.
ORIGIN_LIFE = timedelta(days=30)
# A link can be used for 30 days; as long again for those who ask for a fresh one.
UNCONFIRMED_LIFE = timedelta(days=60)
# Names are what is delivered; afterwards riding, date and state are enough.
NAME_LIFE = timedelta(days=182)


def forgets_names(*, closes_at: datetime | None, delivered_at: datetime | None, now: datetime) -> bool:
    """Say whether the names under a petition may go: half a year after closing and after delivery."""
    if closes_at is None or delivered_at is None:
        return False
    return max(closes_at, delivered_at) + NAME_LIFE <= now
