"""Rounds of reminders: everyone who asked gets each mail once, however often and wherever the job runs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive, ReminderRound
from pledges.rules.deadlines import ONE_DAY, Due, asks_to_join, due_reminders
from pledges.services.mails import facts, reminder_draft
from supporters.services import queue_message

BATCH = 500
# A run ends well before the time limit of a job; the next one goes on.
MOST_BATCHES = 200


def queue_reminders(*, now: datetime) -> int:
    """Queue the reminders that are due, in batches of their own transactions; return how many people they are for."""
    # A day of grace: a clock in the west is still on the day before.
    live = PartyMembershipDrive.objects.filter(is_published=True, vote_closes_on__gte=now.date() - ONE_DAY)
    queued = 0
    for drive in live.select_related("party").order_by("pk"):
        for due in due_reminders(drive.dates, now):
            queued += _go_round(drive, due, now)
    return queued


def _go_round(drive: PartyMembershipDrive, due: Due, now: datetime) -> int:
    ReminderRound.objects.bulk_create(
        [ReminderRound(drive=drive, reminder=due.reminder, due_at=due.at)], ignore_conflicts=True
    )
    drive_facts = facts(drive)
    queued = 0
    for _batch in range(MOST_BATCHES):
        count = _queue_batch(drive, due, drive_facts, now)
        if count is None:
            break
        queued += count
    return queued


@transaction.atomic
def _queue_batch(
    drive: PartyMembershipDrive, due: Due, drive_facts: dict[str, Any], now: datetime
) -> int | None:
    """Queue the next people's mails and note how far the round has come; None if it is over, or another worker's."""
    rounds = ReminderRound.objects.select_for_update(skip_locked=True, no_key=True)
    progress = rounds.filter(drive=drive, reminder=due.reminder).first()
    if progress is None:
        return None
    if progress.due_at != due.at:
        progress.due_at, progress.last_id, progress.finished_at = due.at, 0, None
    if progress.finished_at is not None:
        return None
    rows = _next_rows(drive, due, progress.last_id)
    members = _members(drive, rows) if asks_to_join(due.reminder) else set()
    addressed = [row for row in rows if row.supporter_id not in members]
    for row in addressed:
        queue_message(draft=reminder_draft(row, due.reminder, drive_facts), now=now)
    if rows:
        progress.last_id = rows[-1].pk
    if len(rows) < BATCH:
        progress.finished_at = now
    progress.save()
    return len(addressed)


def _next_rows(drive: PartyMembershipDrive, due: Due, last_id: int) -> list[DriveReminder]:
    """Return those who had confirmed before the reminder was due: who comes later has just read the dates."""
    wanted = DriveReminder.objects.filter(drive=drive, confirmed_at__lt=due.at, withdrawn_at__isnull=True)
    return list(wanted.filter(pk__gt=last_id).select_related("supporter").order_by("pk")[:BATCH])


def _members(drive: PartyMembershipDrive, rows: Collection[DriveReminder]) -> set[int]:
    """Return which of these people have joined, as far as they told us."""
    told = MembershipReport.objects.filter(
        drive=drive, supporter__in=[row.supporter_id for row in rows], confirmed_at__isnull=False
    )
    return set(told.values_list("supporter_id", flat=True))
