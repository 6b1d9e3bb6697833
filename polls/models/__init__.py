"""Polls that people pay for together, the money, and what the polls found."""

from polls.models.contributions import Charge, Contribution, Dispute, Refund, SavedCard
from polls.models.law import LegalLimits
from polls.models.ledger import LedgerEntry, LedgerLine, ProviderEvent
from polls.models.projects import PollProject, ProjectMove
from polls.models.surveys import Poll, PollMailing, PollMove, PollQuestion, PollReading

__all__ = [
    "Charge",
    "Contribution",
    "Dispute",
    "LedgerEntry",
    "LedgerLine",
    "LegalLimits",
    "Poll",
    "PollMailing",
    "PollMove",
    "PollProject",
    "PollQuestion",
    "PollReading",
    "ProjectMove",
    "ProviderEvent",
    "Refund",
    "SavedCard",
]
