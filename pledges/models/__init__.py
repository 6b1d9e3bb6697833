"""Drives for members, who joined and who wants to be reminded; pledges to vote together; recommendation rounds."""

from pledges.models.ballots import Ballot, BallotSecret, RollEntry
from pledges.models.drive import DriveCount, PartyMembershipDrive
from pledges.models.people import DriveReminder, MembershipReport, ReminderRound
from pledges.models.pledge import Pledge, PledgeChange, PledgeTally, ReachedMilestone
from pledges.models.recommendation import (
    RecommendationRound,
    RoundEvidence,
    RoundMailing,
    RoundOption,
    RoundResult,
)

__all__ = [
    "Ballot",
    "BallotSecret",
    "DriveCount",
    "DriveReminder",
    "MembershipReport",
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
]
