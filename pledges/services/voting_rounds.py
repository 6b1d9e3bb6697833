"""Rounds of reminders to vote: each pledger gets each mail once, at a good hour of their riding, before its polls close."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from pledges.models import ElectionCalendar, Pledge, VotingRound
from pledges.queries.voting import (
    RidingVote,
    current_calendar,
    in_riding,
    mails_by_riding,
    pledgers_by_riding,
    pledges_to_remind,
    riding_votes,
)
from pledges.rules.voting import VoteMail, due_mails
from pledges.services.voting_mails import recommendation_for, vote_draft, vote_facts
from supporters.services import queue_message

BATCH = 500
# A run ends well before the time limit of a job; the next one goes on.
MOST_BATCHES = 400


@dataclass(frozen=True)
class _Round:
    """One reminder in one riding; 0 stands for people whose riding is not known."""

    calendar: ElectionCalendar
    number: int
    known: frozenset[int]
    mail: VoteMail
    vote: RidingVote | None


def queue_vote_reminders(*, now: datetime) -> int:
    """Queue the reminders that are due, in batches of their own transactions; return how many mails.

    Nothing before an organizer has confirmed the election, nothing while they pause.
    """
    calendar = current_calendar()
    if calendar is None or not calendar.is_called or calendar.paused_at is not None:
        return 0
    queued, batches = 0, 0
    for due in _due_rounds(calendar, now):
        for count in _go_round(due, now):
            queued += count
            batches += 1
            if batches >= MOST_BATCHES:
                return queued
    return queued


def _due_rounds(calendar: ElectionCalendar, now: datetime) -> Iterator[_Round]:
    votes = riding_votes(calendar.polling_on)
    known = frozenset(votes)
    everywhere = sorted({vote.hours.zone for vote in votes.values()})
    over = VotingRound.objects.filter(polling_on=calendar.polling_on, finished_at__isnull=False)
    finished = set(over.values_list("riding_number", "reminder", "due_at"))
    inhabited = pledgers_by_riding(calendar.polling_on, known)
    for number, mails in mails_by_riding(calendar.days, votes).items():
        if number not in inhabited:
            continue
        vote = votes.get(number)
        for mail in due_mails(mails, [vote.hours.zone] if vote else everywhere, now):
            if (number, mail.reminder, mail.at) not in finished:
                yield _Round(calendar, number, known, mail, vote)


def _go_round(due: _Round, now: datetime) -> Iterator[int]:
    VotingRound.objects.bulk_create([VotingRound(**_name_of(due), due_at=due.mail.at)], ignore_conflicts=True)
    zone = due.vote.hours.zone if due.vote else "UTC"
    recommendation = recommendation_for(due.number, due.mail, due.calendar, zone)
    facts = vote_facts(due.calendar, due.vote, recommendation)
    while (count := _queue_batch(due, facts, now)) is not None:
        yield count


def _name_of(due: _Round) -> dict[str, Any]:
    return {
        "polling_on": due.calendar.polling_on,
        "riding_number": due.number,
        "reminder": due.mail.reminder,
    }


@transaction.atomic
def _queue_batch(due: _Round, facts: dict[str, Any], now: datetime) -> int | None:
    """Queue the next people's mails and note how far the round has come; None if it is over, or another worker's."""
    rounds = VotingRound.objects.select_for_update(skip_locked=True, no_key=True)
    progress = rounds.filter(**_name_of(due)).first()
    if progress is None:
        return None
    if progress.due_at != due.mail.at:
        progress.due_at, progress.last_id, progress.finished_at = due.mail.at, 0, None
    if progress.finished_at is not None:
        return None
    rows = _next_rows(due, progress.last_id)
    for pledge in rows:
        assert pledge.supporter is not None  # noqa: S101 — chosen by their confirmed address
        draft = vote_draft(pledge, pledge.supporter, due.mail, due.calendar.polling_on, facts)
        queue_message(draft=draft, now=now)
    if rows:
        progress.last_id = rows[-1].pk
    progress.queued += len(rows)
    if len(rows) < BATCH:
        progress.finished_at = now
    progress.save()
    return len(rows)


def _next_rows(due: _Round, last_id: int) -> list[Pledge]:
    """Return those whose address was confirmed before the reminder was due: who comes later has just read the dates."""
    wanted = in_riding(pledges_to_remind(due.calendar.polling_on), due.number, due.known)
    early = wanted.filter(supporter__email_confirmed_at__lt=due.mail.at, created_at__lt=due.mail.at)
    return list(early.filter(pk__gt=last_id).select_related("supporter").order_by("pk")[:BATCH])
