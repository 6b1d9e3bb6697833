"""What is written about people: who they are, what they agreed to, which mail goes to them."""

from supporters.services.consent import (
    Circumstances,
    confirm_consents,
    give_consents,
    withdraw_consents,
)
from supporters.services.outbox import Draft, queue_message
from supporters.services.people import Details, Recognition, confirm_address, recognise_supporter
from supporters.services.proofs import use_proof

__all__ = [
    "Circumstances",
    "Details",
    "Draft",
    "Recognition",
    "confirm_address",
    "confirm_consents",
    "give_consents",
    "queue_message",
    "recognise_supporter",
    "use_proof",
    "withdraw_consents",
]
