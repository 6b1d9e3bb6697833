"""Petitions, signatures and their counts."""

from petitions.models.petition import Addressee, Petition
from petitions.models.signature import CountChange, Invalidation, PetitionCount, Signature, Tally

__all__ = [
    "Addressee",
    "CountChange",
    "Invalidation",
    "Petition",
    "PetitionCount",
    "Signature",
    "Tally",
]
