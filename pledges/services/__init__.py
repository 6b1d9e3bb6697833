"""Joining a party: telling of it, reminders, counting; pledging to vote together."""

from pledges.services.asking import Applicant, DriveClosed
from pledges.services.balloting import BallotRefused, Refusal, cast_ballot, take_back_ballot
from pledges.services.closing import close_due_rounds, publish_due_rounds
from pledges.services.counting import count_reports
from pledges.services.first_words import install_drives
from pledges.services.forgetting import forget_person, stop_reminders_to
from pledges.services.opening import open_due_rounds
from pledges.services.paper import Keyed, PaperRow, forget_on_paper, key_lines, purge_paper
from pledges.services.paper_review import (
    accept_line,
    accept_lines,
    confirm_paper_pledge,
    refuse_lines,
    refuse_paper_pledges,
)
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
    "BallotRefused",
    "DriveClosed",
    "Keyed",
    "NotTheTime",
    "PaperRow",
    "PledgeAnswer",
    "PledgeDrift",
    "Pledger",
    "Refusal",
    "RoundRefused",
    "accept_line",
    "accept_lines",
    "announce_round",
    "ask_for_reminder",
    "cancel_round",
    "cast_ballot",
    "change_pledge",
    "close_due_rounds",
    "confirm_election",
    "confirm_paper_pledge",
    "confirm_pledge",
    "confirm_reminder",
    "confirm_report",
    "count_pledges",
    "count_reports",
    "forget_old_pledges",
    "forget_on_paper",
    "forget_person",
    "install_drives",
    "key_lines",
    "let_reports_count",
    "make_pledge",
    "open_due_rounds",
    "pause_reminders",
    "plan_reminders",
    "pledge_known",
    "propose_options",
    "publish_due_rounds",
    "purge_paper",
    "queue_reminders",
    "queue_round_mails",
    "queue_vote_reminders",
    "recount_pledges",
    "refuse_lines",
    "refuse_paper_pledges",
    "remind_known",
    "report_known",
    "report_membership",
    "resume_reminders",
    "send_fresh_pledge_link",
    "send_fresh_reminder_link",
    "send_fresh_report_link",
    "stop_reminders_to",
    "stop_vote_reminders",
    "take_back_ballot",
    "take_back_report",
    "take_back_voted",
    "tell_voted",
    "withdraw_election",
    "withdraw_option",
    "withdraw_pledge",
    "withdraw_reminder",
]
