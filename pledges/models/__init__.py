"""Drives for members, who joined and who wants to be reminded; who pledged to vote together."""

from pledges.models.drive import DriveCount, PartyMembershipDrive
from pledges.models.paper import PaperLine, PaperSheet
from pledges.models.people import DriveReminder, MembershipReport, ReminderRound
from pledges.models.pledge import Pledge, PledgeChange, PledgeTally, ReachedMilestone
from pledges.models.voting import ElectionCalendar, VotingHours, VotingReply, VotingRound

__all__ = [
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
    "ReminderRound",
    "VotingHours",
    "VotingReply",
    "VotingRound",
]
