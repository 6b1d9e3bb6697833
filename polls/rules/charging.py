"""When cards are saved rather than charged, and when a declined one is tried again. Pure."""

from datetime import datetime, timedelta

from polls.enums import FundingModel

# Shorter campaigns charge at once and refund where they fail: simpler, though fees are not returned.
SHORT_CAMPAIGN = timedelta(days=5)
# After the first try; all within the 72 hours in which a project charges its cards.
TRIES = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=48),
    timedelta(hours=71),
)


def saves_card_first(*, funding_model: str, deadline_at: datetime, now: datetime) -> bool:
    """Return whether a gift's card is saved now and charged once the goal is reached.

    Holding an amount on a card would not do: such holds end after about seven days.
    """
    return funding_model == FundingModel.ALL_OR_NOTHING and deadline_at - now > SHORT_CAMPAIGN


def next_try(*, first_asked_at: datetime, now: datetime) -> datetime | None:
    """Return when a card that is declined now is tried again, or None where it was the last time."""
    return next((first_asked_at + pause for pause in TRIES if first_asked_at + pause > now), None)
