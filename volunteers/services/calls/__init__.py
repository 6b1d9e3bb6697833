"""The phone team's calls, from whom to call next to what came of it; docs/algorithms/calling.md tells the whole."""

from volunteers.queries.calls import Offer
from volunteers.services.calls.claiming import Nothing, next_contact
from volunteers.services.calls.dialling import Alive, Dialled, Gone, dial, heartbeat, skip_contact
from volunteers.services.calls.outcomes import Result, Submission, record_outcome
from volunteers.services.calls.own_lease import NotYourCall

__all__ = [
    "Alive",
    "Dialled",
    "Gone",
    "NotYourCall",
    "Nothing",
    "Offer",
    "Result",
    "Submission",
    "dial",
    "heartbeat",
    "next_contact",
    "record_outcome",
    "skip_contact",
]
