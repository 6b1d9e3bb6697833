"""Signing, confirming, withdrawing and counting."""

from petitions.services.bulk import NoCriteria, Proposal, carry_on_decision, decide_in_bulk, undo_decision
from petitions.services.confirming import (
    Confirmation,
    choose_riding,
    confirm_signature,
    send_fresh_link,
    withdraw_signature,
)
from petitions.services.counting import count_signatures, recount_signatures
from petitions.services.forgetting import forget_what_is_old
from petitions.services.reminding import ResendProposal, carry_on_resend, propose_resend, remind_unconfirmed
from petitions.services.review import decide_signatures
from petitions.services.signing import PetitionClosed, Signer, sign_petition
from petitions.services.watching import check_counts, watch_trends

__all__ = [
    "Confirmation",
    "NoCriteria",
    "PetitionClosed",
    "Proposal",
    "ResendProposal",
    "Signer",
    "carry_on_decision",
    "carry_on_resend",
    "check_counts",
    "choose_riding",
    "confirm_signature",
    "count_signatures",
    "decide_in_bulk",
    "decide_signatures",
    "forget_what_is_old",
    "propose_resend",
    "recount_signatures",
    "remind_unconfirmed",
    "send_fresh_link",
    "sign_petition",
    "undo_decision",
    "watch_trends",
    "withdraw_signature",
]
