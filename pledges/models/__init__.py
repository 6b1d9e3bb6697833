"""Drives for members, who joined and who wants to be reminded; pledges to vote together; recommendation rounds."""

from pledges.models.ballots import Ballot, BallotSecret, RollEntry
from pledges.models.drive import DriveCount, PartyMembershipDrive
from pledges.models.paper import PaperLine, PaperSheet
from pledges.models.people import DriveReminder, MembershipReport, ReminderRound
from pledges.models.pledge import Pledge, PledgeChange, PledgeTally, ReachedMilestone
from pledges.models.recommendation import (
    RecommendationRound,
    RoundEvidence,
    RoundMailing,
    RoundOption,
    RoundResult,
)
from pledges.models.voting import ElectionCalendar, VotingHours, VotingReply, VotingRound

__all__ = [
    "Ballot",
    "BallotSecret",
    "DriveCount",
    "DriveReminder",
    "ElectionCalendar",
    "MembershipReport",
    "PaperLine",
    "PaperSheet",
    "PartyMembershipDrive",
    "Pledge",
    "PledgeChange",
    "PledgeTally",
    "ReachedMilestone",
    "RecommendationRound",
    "ReminderRound",
    "RollEntry",
    "RoundEvidence",
    "RoundMailing",
    "RoundOption",
    "RoundResult",
    "VotingHours",
    "VotingReply",
    "VotingRound",
]
