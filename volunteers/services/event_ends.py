"""What does not take place: a shift, an event, the events of a team, and what somebody signed up for."""

from datetime import datetime

from django.db import transaction

from supporters.models import User
from volunteers.enums import COMING, SignupState
from volunteers.models import Event, Shift, ShiftSignup, Team
from volunteers.services.shift_mails import mail_change
from volunteers.services.signups import coming_to, lock_shift, promote


@transaction.atomic
def cancel_shift(*, shift: Shift, now: datetime) -> bool:
    """Call a shift off and tell everybody at once; one that has begun stays. Say whether anything changed."""
    row = lock_shift(shift.pk)
    if row.cancelled_at is not None or row.starts_at <= now:
        return False
    row.cancelled_at, row.changed_at, row.sequence = now, now, row.sequence + 1
    row.save(update_fields=["cancelled_at", "changed_at", "sequence"])
    for signup in coming_to(row):
        mail_change(signup, is_cancelled=True, now=now)
    return True


@transaction.atomic
def cancel_event(*, event: Event, now: datetime) -> bool:
    """Call off an event with all its shifts to come; say whether it was on."""
    is_on = Event.objects.filter(pk=event.pk, cancelled_at__isnull=True).update(cancelled_at=now)
    for shift in Shift.objects.filter(event=event, starts_at__gt=now).order_by("pk"):
        cancel_shift(shift=shift, now=now)
    return bool(is_on)


def cancel_events_of(*, team: Team, now: datetime) -> None:
    """Call off what a team has before it, in the caller's transaction."""
    for event in Event.objects.filter(team=team, cancelled_at__isnull=True).order_by("pk"):
        cancel_event(event=event, now=now)


def cancel_signups_of(*, user: User, team: Team, now: datetime) -> None:
    """Give back the seats that somebody has in a team's shifts to come, in the caller's transaction."""
    ahead = ShiftSignup.objects.filter(
        user=user,
        shift__event__team=team,
        shift__starts_at__gt=now,
        state__in=[*COMING, SignupState.WAITLISTED],
    )
    for pk, shift_id in ahead.order_by("shift_id").values_list("pk", "shift_id"):
        shift = lock_shift(shift_id)
        ShiftSignup.objects.filter(pk=pk).update(state=SignupState.CANCELLED, changed_at=now)
        promote(shift, now=now)
