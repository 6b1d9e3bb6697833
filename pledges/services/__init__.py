"""Joining: telling of it, asking for reminders, sending them, counting."""

from pledges.services.asking import Applicant, DriveClosed
from pledges.services.balloting import BallotRefused, Refusal, cast_ballot, take_back_ballot
from pledges.services.closing import close_due_rounds, publish_due_rounds
from pledges.services.counting import count_reports
from pledges.services.first_words import install_drives
from pledges.services.forgetting import forget_person, stop_reminders_to
from pledges.services.opening import open_due_rounds
from pledges.services.recommending import (
    RoundRefused,
    announce_round,
    cancel_round,
    propose_options,
    withdraw_option,
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
from pledges.services.round_mails import plan_reminders, queue_round_mails
from pledges.services.rounds import queue_reminders

__all__ = [
    "Applicant",
    "BallotRefused",
    "DriveClosed",
    "Refusal",
    "RoundRefused",
    "announce_round",
    "ask_for_reminder",
    "cancel_round",
    "cast_ballot",
    "close_due_rounds",
    "confirm_reminder",
    "confirm_report",
    "count_reports",
    "forget_person",
    "install_drives",
    "let_reports_count",
    "open_due_rounds",
    "plan_reminders",
    "propose_options",
    "publish_due_rounds",
    "queue_reminders",
    "queue_round_mails",
    "remind_known",
    "report_known",
    "report_membership",
    "send_fresh_reminder_link",
    "send_fresh_report_link",
    "stop_reminders_to",
    "take_back_ballot",
    "take_back_report",
    "withdraw_option",
    "withdraw_reminder",
]
