"""Whether an address may be mailed at this moment. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from supporters.enums import ConsentDecision, SuppressionReason


class Obstacle(StrEnum):
    """Why a mail is not sent."""

    NO_CONSENT = "no consent"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class Suppression:
    """Why and since when an address gets no mail."""

    reason: str
    since: datetime


def obstacle(
    *, suppression: Suppression | None, purpose: str, consent: str | None, queued_at: datetime
) -> Obstacle | None:
    """Return why a mail must not be sent; None if it may.

    An erased address gets answers to what was done with it *after* the erasure: whoever was erased may sign again.
    Every other reason holds for every mail.

    Args:
        suppression: that of the address, if any.
        purpose: the consent that the mail rests on; empty for an answer to what the person just did.
        consent: the last decision about that purpose.
        queued_at: when the mail was asked for.
    """
    if suppression is not None:
        is_answer_to_return = (
            suppression.reason == SuppressionReason.ERASED and not purpose and queued_at > suppression.since
        )
        if not is_answer_to_return:
            return Obstacle.SUPPRESSED
    if purpose and consent != ConsentDecision.CONFIRMED:
        return Obstacle.NO_CONSENT
    return None
