"""Joining: telling of it, asking for reminders, sending them, counting."""

from pledges.services.asking import Applicant, DriveClosed
from pledges.services.counting import count_reports
from pledges.services.first_words import install_drives
from pledges.services.forgetting import forget_person, stop_reminders_to
from pledges.services.paper import Keyed, PaperRow, forget_on_paper, key_lines, purge_paper
from pledges.services.paper_review import (
    accept_line,
    accept_lines,
    confirm_paper_pledge,
    refuse_lines,
    refuse_paper_pledges,
    take_back_paper_pledge,
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
from pledges.services.voting_calendar import (
    confirm_election,
    pause_reminders,
    resume_reminders,
    withdraw_election,
)
from pledges.services.voting_replies import NotTheTime, stop_vote_reminders, take_back_voted, tell_voted
from pledges.services.voting_rounds import queue_vote_reminders

__all__ = [
    "Applicant",
    "DriveClosed",
    "Keyed",
    "NotTheTime",
    "PaperRow",
    "accept_line",
    "accept_lines",
    "ask_for_reminder",
    "confirm_election",
    "confirm_paper_pledge",
    "confirm_reminder",
    "confirm_report",
    "count_reports",
    "forget_on_paper",
    "forget_person",
    "install_drives",
    "key_lines",
    "let_reports_count",
    "pause_reminders",
    "purge_paper",
    "queue_reminders",
    "queue_vote_reminders",
    "refuse_lines",
    "refuse_paper_pledges",
    "remind_known",
    "report_known",
    "report_membership",
    "resume_reminders",
    "send_fresh_reminder_link",
    "send_fresh_report_link",
    "stop_reminders_to",
    "stop_vote_reminders",
    "take_back_paper_pledge",
    "take_back_report",
    "take_back_voted",
    "tell_voted",
    "withdraw_election",
    "withdraw_reminder",
]
