"""Signing, confirming, withdrawing and counting."""

from petitions.services.confirming import (
    Confirmation,
    choose_riding,
    confirm_signature,
    send_fresh_link,
    withdraw_signature,
)
from petitions.services.counting import count_signatures, recount_signatures
from petitions.services.signing import PetitionClosed, Signer, sign_petition
from petitions.services.watching import check_counts

__all__ = [
    "Confirmation",
    "PetitionClosed",
    "Signer",
    "check_counts",
    "choose_riding",
    "confirm_signature",
    "count_signatures",
    "recount_signatures",
    "send_fresh_link",
    "sign_petition",
    "withdraw_signature",
]
