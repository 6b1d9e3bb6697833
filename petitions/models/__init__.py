"""Petitions, signatures and their counts."""

from petitions.models.bulk import Invalidation, Resend, TrendingThreshold
from petitions.models.petition import Addressee, Petition
from petitions.models.signature import CountChange, PetitionCount, Signature, Tally

__all__ = [
    "Addressee",
    "CountChange",
    "Invalidation",
    "Petition",
    "PetitionCount",
    "Resend",
    "Signature",
    "Tally",
    "TrendingThreshold",
]
