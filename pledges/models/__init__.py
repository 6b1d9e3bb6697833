"""Drives for members, who joined, and who wants to be reminded."""

from pledges.models.drive import DriveCount, PartyMembershipDrive
from pledges.models.people import DriveReminder, MembershipReport, ReminderRound

__all__ = ["DriveCount", "DriveReminder", "MembershipReport", "PartyMembershipDrive", "ReminderRound"]
