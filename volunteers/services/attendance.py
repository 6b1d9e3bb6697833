"""Who was there: checked in by a leader, or told by the person afterwards."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from supporters.models import User
from volunteers.enums import COMING, Channel, MembershipState, SignupState
from volunteers.models import Membership, Shift, ShiftSignup
from volunteers.rules.signups import hours_between, may_move
from volunteers.services.signups import NotMember, lock_shift
from volunteers.services.training import grant_course_certificate


@dataclass(frozen=True)
class Mark:
    """What is said of one person: there or not, and for how long; without hours the whole shift counts."""

    was_there: bool
    hours: Decimal | None = None


@transaction.atomic
def check_in(*, signup: ShiftSignup, mark: Mark, by: User, now: datetime) -> bool:
    """Note whether somebody was there; a leader may change it as often as needed. Say whether anything changed.

    At a training that teaches a way of contacting, being there is the certificate.
    """
    shift = lock_shift(signup.shift_id)
    row = ShiftSignup.objects.select_related("user").get(pk=signup.pk)
    state = SignupState.ATTENDED if mark.was_there else SignupState.MISSED
    hours = (mark.hours or hours_between(shift.starts_at, shift.ends_at)) if mark.was_there else None
    is_same = (row.state, row.hours) == (state, hours)
    if is_same or (row.state != state and not may_move(SignupState(row.state), state)):
        return False
    row.state, row.hours, row.checked_in_by, row.changed_at = state, hours, by, now
    row.save(update_fields=["state", "hours", "checked_in_by", "changed_at"])
    if mark.was_there and shift.event.certifies:
        grant_course_certificate(user=row.user, channel=Channel(shift.event.certifies), now=now)
    return True


@transaction.atomic
def walk_in(*, shift: Shift, user: User, by: User, now: datetime) -> ShiftSignup:
    """Check in a member who came without signing up; seats do not matter to somebody who stands in the room.

    Raises: NotMember.
    """
    row = lock_shift(shift.pk)
    member = Membership.objects.filter(team=row.event.team, user=user, state=MembershipState.ACTIVE).first()
    if member is None:
        raise NotMember
    signup, _is_new = ShiftSignup.objects.get_or_create(
        shift=row,
        user=user,
        defaults={
            "state": SignupState.CANCELLED,
            "language": member.language,
            "signed_up_at": now,
            "changed_at": now,
            "is_walk_in": True,
        },
    )
    check_in(signup=signup, mark=Mark(was_there=True), by=by, now=now)
    signup.refresh_from_db()
    return signup


@transaction.atomic
def say_attended(*, signup: ShiftSignup, was_there: bool, now: datetime) -> bool:
    """Note what the person says of themselves once the shift is over; what a leader noted stands."""
    shift = lock_shift(signup.shift_id)
    row = ShiftSignup.objects.get(pk=signup.pk)
    if row.checked_in_by_id is not None or row.state not in COMING or shift.ends_at > now:
        return False
    row.state = SignupState.ATTENDED if was_there else SignupState.MISSED
    row.hours = hours_between(shift.starts_at, shift.ends_at) if was_there else None
    row.changed_at = now
    row.save(update_fields=["state", "hours", "changed_at"])
    return True
