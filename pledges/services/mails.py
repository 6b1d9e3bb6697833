"""Mails about a drive: what stands in them, and under which key each is sent once."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from coop4canada.kit.signing import seal
from pledges.enums import Reminder
from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from supporters.enums import MessageState
from supporters.models import OutgoingMessage
from supporters.rules.person_name import given_name
from supporters.services import Circumstances, Draft, queue_message
from supporters.services.outbox import PRIORITY_BULK

# Purposes of the links in mails.
CONFIRM_REPORT = "pledges.report"
CONFIRM_REMINDER = "pledges.reminder"
STOP = "pledges.stop"

KINDS = {
    Reminder.JOIN_WEEK: "pledges/remind_join",
    Reminder.JOIN_DAY: "pledges/remind_join",
    Reminder.VOTE_OPEN: "pledges/remind_vote_open",
    Reminder.VOTE_LAST: "pledges/remind_vote_last",
}


def mail_link(
    row: MembershipReport | DriveReminder, *, circumstances: Circumstances, priority: int, now: datetime
) -> None:
    """Queue the mail whose link confirms a row; each that was counted on the row is another mail."""
    assert row.supporter is not None  # noqa: S101 — nobody tells or asks without a person
    is_report = isinstance(row, MembershipReport)
    name, purpose = (
        ("confirm_report", CONFIRM_REPORT) if is_report else ("confirm_reminder", CONFIRM_REMINDER)
    )
    draft = Draft(
        kind=f"pledges/{name}",
        key=f"pledges/{name}:{row.pk}:{row.mail_count}",
        supporter=row.supporter,
        context={
            "name": given_name(row.supporter.name),
            "drive": facts(row.drive),
            "token": seal(purpose, row.pk),
        },
        priority=priority,
    )
    queue_message(draft=draft, circumstances=circumstances, now=now)


def reminder_draft(row: DriveReminder, reminder: str, drive_facts: dict[str, Any]) -> Draft:
    """Return the mail of a reminder for a person; its key makes it the same mail however often it is queued."""
    token = seal(STOP, row.pk)
    with translation.override(row.supporter.language):
        stop_path = reverse("pledges:stop", args=[token])
    return Draft(
        kind=KINDS[Reminder(reminder)],
        key=reminder_key(row, reminder),
        supporter=row.supporter,
        context={
            "name": given_name(row.supporter.name),
            "drive": drive_facts,
            "one_click_path": stop_path,
        },
        priority=PRIORITY_BULK,
    )


def reminder_key(row: DriveReminder, reminder: str) -> str:
    """Return the key under which a person gets a reminder of a drive once."""
    return f"pledges/{reminder}:{row.drive_id}:{row.supporter_id}"


def cancel_reminders(rows: Iterable[DriveReminder]) -> None:
    """Keep reminders that still wait in the outbox from being sent."""
    keys = [reminder_key(row, reminder) for row in rows for reminder in Reminder.values]
    waiting = OutgoingMessage.objects.filter(key__in=keys, state=MessageState.QUEUED)
    waiting.update(state=MessageState.SUPPRESSED, last_error="withdrawn")


def facts(drive: PartyMembershipDrive) -> dict[str, Any]:
    """Return what a mail says of a drive, in both languages."""
    values: dict[str, Any] = {"join_url": drive.join_url, "is_demonstration": drive.is_demonstration}
    for language in ("en", "fr"):
        with translation.override(language):
            values |= {
                f"title_{language}": drive.title,
                f"slug_{language}": drive.slug,
                f"party_{language}": drive.party.name,
                f"phrase_{language}": drive.party.phrase,
                f"zone_{language}": str(drive.get_zone_display()),
                f"joins_by_{language}": written(drive.joins_by),
                f"vote_opens_on_{language}": written(drive.vote_opens_on),
                f"vote_closes_on_{language}": written(drive.vote_closes_on),
            }
    return values


def written(day: date) -> str:
    """Write a day in the active language: `March 3, 2027`, `3 mars 2027`."""
    return date_format(day, "DATE_FORMAT")
