"""Pages about joining a party."""

from pledges.views.asking import joined, mail_sent, remind_me
from pledges.views.drives import calendar, drive_page, drives
from pledges.views.links import confirm_reminder, confirm_report, stop

__all__ = [
    "calendar",
    "confirm_reminder",
    "confirm_report",
    "drive_page",
    "drives",
    "joined",
    "mail_sent",
    "remind_me",
    "stop",
]
