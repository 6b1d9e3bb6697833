"""Joining a party: telling of it, reminders, counting; pledging to vote together."""

from pledges.services.asking import Applicant, DriveClosed
from pledges.services.counting import count_reports
from pledges.services.first_words import install_drives
from pledges.services.forgetting import forget_person, stop_reminders_to
from pledges.services.pledge_counts import PledgeDrift, count_pledges, recount_pledges
from pledges.services.pledge_owners import forget_old_pledges
from pledges.services.pledging import (
    PledgeAnswer,
    Pledger,
    change_pledge,
    confirm_pledge,
    make_pledge,
    pledge_known,
    send_fresh_pledge_link,
    withdraw_pledge,
)
from pledges.services.reminding import (
    ask_for_reminder,
    confirm_reminder,
    remind_known,
    send_fresh_reminder_link,
    withdraw_reminder,
)
from pledges.services.reporting import (
    confirm_report,
    let_reports_count,
    report_known,
    report_membership,
    send_fresh_report_link,
    take_back_report,
)
from pledges.services.rounds import queue_reminders

__all__ = [
    "Applicant",
    "DriveClosed",
    "PledgeAnswer",
    "PledgeDrift",
    "Pledger",
    "ask_for_reminder",
    "change_pledge",
    "confirm_pledge",
    "confirm_reminder",
    "confirm_report",
    "count_pledges",
    "count_reports",
    "forget_old_pledges",
    "forget_person",
    "install_drives",
    "let_reports_count",
    "make_pledge",
    "pledge_known",
    "queue_reminders",
    "recount_pledges",
    "remind_known",
    "report_known",
    "report_membership",
    "send_fresh_pledge_link",
    "send_fresh_reminder_link",
    "send_fresh_report_link",
    "stop_reminders_to",
    "take_back_report",
    "withdraw_pledge",
    "withdraw_reminder",
]
