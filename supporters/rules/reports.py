"""What follows from a mail provider's report. Pure.

Source: Anymail, "Tracking sent mail status", 2025: the words for kinds and reasons.
"""

from enum import StrEnum


class Consequence(StrEnum):
    """What a report makes us do, besides noting it."""

    NOTHING = "nothing"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


# Kinds that say nothing about whether the provider took the mail, or that it did not.
_NOT_TAKEN = frozenset({"rejected", "failed", "unknown"})

_FINAL_REASONS = frozenset({"bounced", "invalid"})


def is_taken(kind: str) -> bool:
    """Say whether a report proves that the provider took the mail: what bounced later was taken too."""
    return kind not in _NOT_TAKEN


def consequence_of(kind: str, reason: str, detail: str) -> Consequence:
    """Return what follows: an address that does not exist, a complaint, a wish for no more; a full mailbox is nothing.

    Args:
        kind: bounced, rejected, complained, unsubscribed, delivered …
        reason: why a mail was rejected, `bounced`, `invalid`, `spam` …; empty if it was not.
        detail: the provider's own word; some call a passing trouble a bounce, but a soft one.
    """
    if kind == "complained" or reason == "spam":
        return Consequence.COMPLAINED
    if kind == "unsubscribed" or reason == "unsubscribed":
        return Consequence.UNSUBSCRIBED
    if kind in {"bounced", "rejected"} and reason in _FINAL_REASONS and "soft" not in detail.lower():
        return Consequence.BOUNCED
    return Consequence.NOTHING
