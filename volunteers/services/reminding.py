"""The reminders of shifts that are due."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from volunteers.enums import COMING, SignupState
from volunteers.models import Shift, ShiftNotice, ShiftSignup
from volunteers.rules.reminders import THANKS_UNTIL, due_mail
from volunteers.services.shift_mails import mail_reminder, wants_reminder
from volunteers.services.signups import lock_shift

# The first rung is at 11:00 of the day before: at most 37 hours ahead, with an hour to spare when clocks change.
LOOK_AHEAD = timedelta(hours=38)


def queue_shift_reminders(*, now: datetime) -> int:
    """Queue what is due now, shift by shift, each in a transaction of its own; say how many mails.

    A row per shift, person, kind and time makes each mail once, however often this runs and wherever it stopped.
    """
    return sum(_queue_for(pk, now) for pk in _near(now))


def _near(now: datetime) -> Iterator[int]:
    near = Shift.objects.filter(
        cancelled_at__isnull=True, starts_at__lt=now + LOOK_AHEAD, ends_at__gt=now - THANKS_UNTIL
    )
    yield from near.order_by("starts_at", "pk").values_list("pk", flat=True)


@transaction.atomic
def _queue_for(pk: int, now: datetime) -> int:
    shift = lock_shift(pk)
    states = [*COMING, SignupState.ATTENDED]
    rows = ShiftSignup.objects.filter(shift=shift, state__in=states).select_related(
        "user", "shift__event__team"
    )
    return sum(_remind(signup, now) for signup in rows.order_by("pk"))


def _remind(signup: ShiftSignup, now: datetime) -> bool:
    shift = signup.shift
    rung = due_mail(
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        zone=shift.event.zone,
        signed_up_at=signup.signed_up_at,
        now=now,
    )
    if rung is None or not wants_reminder(signup, is_over=shift.ends_at <= now):
        return False
    _notice, is_new = ShiftNotice.objects.get_or_create(
        shift=shift, user=signup.user, kind=rung.mail, starts_at=shift.starts_at, defaults={"queued_at": now}
    )
    if is_new:
        mail_reminder(signup, rung.mail.value, until=rung.closes_at, now=now)
    return is_new
