"""Reads for the pages, panels and interfaces about drives."""

from pledges.queries.ballots import ballot_page, evidence_for, options_of, round_facts
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
from pledges.queries.recommendations import (
    ballot_file,
    file_path,
    public_recommendation,
    recommended,
    riding_rounds,
    round_page,
    rounds_page,
)

__all__ = [
    "DriveCard",
    "DrivesPage",
    "RequestPage",
    "ballot_file",
    "ballot_page",
    "calendar_of",
    "drive_at",
    "drive_by_id",
    "drive_card",
    "drives_page",
    "evidence_for",
    "file_path",
    "given_name_of",
    "joinable",
    "options_of",
    "people_found",
    "public_drives",
    "public_recommendation",
    "recommended",
    "records_of",
    "reminder_page",
    "report_page",
    "riding_rounds",
    "round_facts",
    "round_page",
    "rounds_page",
    "share_of",
]
