"""What notices of every provider have in common: their age."""

from datetime import datetime, timedelta

from polls.gateways.port import BadEvent

# Source: docs.stripe.com/webhooks, read 2026-11: a signature is good for five minutes.
TOLERANCE = timedelta(minutes=5)


def refuse_stale(signed_at: int, *, now: datetime) -> None:
    """Refuse a notice that was signed longer ago, or that is signed for the future. Raises: BadEvent."""
    if abs(now.timestamp() - signed_at) > TOLERANCE.total_seconds():
        raise BadEvent("The notice is too old, or a clock is wrong.")
