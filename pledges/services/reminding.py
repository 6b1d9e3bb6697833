"""“Remind me”: asked by a form and confirmed by mail, or with one click by whom we know; ended with one click."""

from datetime import datetime

from django.db import transaction

from pledges.models import DriveReminder, PartyMembershipDrive
from pledges.rules.deadlines import takes_reminders
from pledges.services.asking import (
    Applicant,
    DriveClosed,
    known_person,
    locked,
    person_of,
    phase_of,
    send_link,
    take_down,
)
from pledges.services.mails import cancel_reminders
from supporters.services import Circumstances, confirm_address


@transaction.atomic
def ask_for_reminder(
    *, drive: PartyMembershipDrive, applicant: Applicant, circumstances: Circumstances, now: datetime
) -> None:
    """Note that somebody wants reminders, to be confirmed by mail; say nothing about who had asked before.

    Asked again it changes nothing, but for a fresh mail after a while: also after a withdrawal only the link in that mail
    begins them anew.
    Raises: DriveClosed after the vote.
    """
    phase = phase_of(drive, now)
    if not takes_reminders(phase):
        raise DriveClosed(phase)
    reminder, _is_new = DriveReminder.objects.get_or_create(
        drive=drive, supporter=person_of(applicant, now), defaults={"asked_at": now}
    )
    take_down(reminder, applicant=applicant, circumstances=circumstances, now=now)


@transaction.atomic
def remind_known(*, drive: PartyMembershipDrive, supporter_id: int, now: datetime) -> DriveReminder | None:
    """Note that a person we know wants reminders, without a mail; None if we do not know them after all.

    Raises: DriveClosed.
    """
    phase = phase_of(drive, now)
    if not takes_reminders(phase):
        raise DriveClosed(phase)
    person = known_person(supporter_id)
    if person is None:
        return None
    reminder, _is_new = DriveReminder.objects.get_or_create(
        drive=drive, supporter=person, defaults={"asked_at": now}
    )
    return confirm_reminder(reminder_id=reminder.pk, now=now)


@transaction.atomic
def confirm_reminder(*, reminder_id: int, now: datetime) -> DriveReminder | None:
    """Let the reminders go out, also after a withdrawal; None if the person is gone. Again changes nothing."""
    reminder = locked(DriveReminder, reminder_id)
    if reminder is None:
        return None
    if reminder.confirmed_at is None or reminder.withdrawn_at is not None:
        reminder.confirmed_at, reminder.withdrawn_at = now, None
        reminder.save(update_fields=["confirmed_at", "withdrawn_at"])
        confirm_address(supporter=reminder.supporter, details=None, now=now)
    return reminder


@transaction.atomic
def withdraw_reminder(*, reminder_id: int, now: datetime) -> DriveReminder | None:
    """End the reminders of one drive for one person, those that wait to be sent included; twice is once."""
    reminder = locked(DriveReminder, reminder_id)
    if reminder is not None and reminder.withdrawn_at is None:
        reminder.withdrawn_at = now
        reminder.save(update_fields=["withdrawn_at"])
        cancel_reminders([reminder])
    return reminder


@transaction.atomic
def send_fresh_reminder_link(*, reminder_id: int, circumstances: Circumstances, now: datetime) -> None:
    """Mail a new link for one that is too old."""
    reminder = locked(DriveReminder, reminder_id)
    if reminder is not None and reminder.confirmed_at is None:
        send_link(reminder, circumstances=circumstances, now=now)
