"""What organizers decide about reminders to vote: that the election is called, and a pause."""

from datetime import datetime, timedelta

from django.db import transaction

from pledges.models import ElectionCalendar
from pledges.services.voting_mails import KINDS
from supporters.enums import MessageState
from supporters.models import OutgoingMessage

# Mails that wait in the outbox are put off by so much, and brought back when the pause ends.
OUT_OF_SIGHT = timedelta(days=3650)


@transaction.atomic
def confirm_election(*, calendar: ElectionCalendar, by_id: int | None, now: datetime) -> None:
    """Note that the election is called for the polling day that stands there; from now on reminders go out."""
    row = _locked(calendar)
    row.called_for, row.called_at, row.called_by_id = row.polling_on, now, by_id
    row.save(update_fields=["called_for", "called_at", "called_by"])


@transaction.atomic
def withdraw_election(*, calendar: ElectionCalendar) -> None:
    """Take the confirmation back: nothing is queued any more, and what waits is not sent."""
    row = _locked(calendar)
    row.called_for = row.called_at = row.called_by = None
    row.save(update_fields=["called_for", "called_at", "called_by"])


@transaction.atomic
def pause_reminders(*, calendar: ElectionCalendar, now: datetime) -> None:
    """Queue nothing more, and put off what waits to be sent; twice is once."""
    row = _locked(calendar)
    if row.paused_at is None:
        row.paused_at = now
        row.save(update_fields=["paused_at"])
        _put_off(now + OUT_OF_SIGHT)


@transaction.atomic
def resume_reminders(*, calendar: ElectionCalendar, now: datetime) -> None:
    """Go on where the pause began, with what is still of use; twice is once."""
    row = _locked(calendar)
    if row.paused_at is not None:
        row.paused_at = None
        row.save(update_fields=["paused_at"])
        _put_off(now)


def _locked(calendar: ElectionCalendar) -> ElectionCalendar:
    rows = ElectionCalendar.objects.select_for_update(of=("self",), no_key=True).select_related("campaign")
    return rows.get(pk=calendar.pk)


def _put_off(until: datetime) -> None:
    waiting = OutgoingMessage.objects.filter(kind__in=KINDS.values(), state=MessageState.QUEUED)
    waiting.update(due_at=until)
