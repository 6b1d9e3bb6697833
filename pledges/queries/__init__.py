"""Reads for the pages, panels and interfaces about drives."""

from pledges.queries.calendar import calendar_of
from pledges.queries.drives import (
    DriveCard,
    DrivesPage,
    drive_at,
    drive_by_id,
    drive_card,
    drives_page,
    joinable,
    public_drives,
    share_of,
)
from pledges.queries.people import (
    RequestPage,
    given_name_of,
    people_found,
    records_of,
    reminder_page,
    report_page,
)

__all__ = [
    "DriveCard",
    "DrivesPage",
    "RequestPage",
    "calendar_of",
    "drive_at",
    "drive_by_id",
    "drive_card",
    "drives_page",
    "given_name_of",
    "joinable",
    "people_found",
    "public_drives",
    "records_of",
    "reminder_page",
    "report_page",
    "share_of",
]
