"""Signing up for a shift: the last seat, the waiting list, coming and not coming."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from supporters.models import User
from volunteers.access import leads_team
from volunteers.enums import COMING, MembershipState, SignupState
from volunteers.models import Membership, Shift, ShiftSignup
from volunteers.rules.signups import may_move, state_for_new
from volunteers.services.shift_mails import mail_signup


class NotMember(Exception):
    """Only members of the team sign up for its shifts."""


class ShiftGone(Exception):
    """The shift was cancelled, or has begun."""


@dataclass(frozen=True)
class Who:
    """Who signs up, and in which language we write to them."""

    user: User
    language: str = "en"


@transaction.atomic
def sign_up(*, shift: Shift, who: Who, now: datetime) -> ShiftSignup:
    """Give somebody a seat, or a place on the waiting list when there is none left. Again it is the same one.

    Two who ask for the last seat wait for each other at the shift's row; the loser waits on the list.
    Raises: NotMember, ShiftGone.
    """
    _require_member(shift, who.user)
    row = lock_shift(shift.pk)
    if row.cancelled_at is not None or row.starts_at <= now:
        raise ShiftGone
    signup = ShiftSignup.objects.filter(shift=row, user=who.user).first()
    if signup is not None and signup.state != SignupState.CANCELLED:
        return signup
    if signup is None:
        signup = ShiftSignup(shift=row, user=who.user)
    others = ShiftSignup.objects.filter(shift=row).exclude(pk=signup.pk)
    states = [SignupState(state) for state in others.values_list("state", flat=True)]
    signup.state = state_for_new(states, capacity=row.capacity)
    signup.language, signup.signed_up_at, signup.changed_at = who.language, now, now
    signup.save()
    mail_signup(signup, now=now)
    return signup


@transaction.atomic
def cancel_signup(*, signup: ShiftSignup, now: datetime) -> bool:
    """Give a seat back, or leave the waiting list; who waits longest moves up. Say whether anything changed."""
    return move_signup(signup=signup, to=SignupState.CANCELLED, now=now)


@transaction.atomic
def confirm_signup(*, signup: ShiftSignup, now: datetime) -> bool:
    """Note that somebody said again that they come; say whether anything changed."""
    return move_signup(signup=signup, to=SignupState.CONFIRMED, now=now)


def move_signup(*, signup: ShiftSignup, to: SignupState, now: datetime) -> bool:
    """Move a sign-up before its shift begins, in the caller's transaction; refuse what its state does not allow."""
    shift = lock_shift(signup.shift_id)
    row = ShiftSignup.objects.get(pk=signup.pk)
    if not may_move(SignupState(row.state), to) or shift.starts_at <= now or shift.cancelled_at is not None:
        return False
    row.state, row.changed_at = to, now
    row.save(update_fields=["state", "changed_at"])
    if to == SignupState.CANCELLED:
        promote(shift, now=now)
    return True


def promote(shift: Shift, *, now: datetime) -> None:
    """Fill free seats of a shift, whose row the caller has locked, from the waiting list, and mail who moves up."""
    if shift.cancelled_at is not None or shift.starts_at <= now:
        return
    waiting = ShiftSignup.objects.filter(shift=shift, state=SignupState.WAITLISTED)
    for signup in waiting.select_related("user", "shift__event__team").order_by("signed_up_at", "pk"):
        states = ShiftSignup.objects.filter(shift=shift).values_list("state", flat=True)
        if state_for_new(map(SignupState, states), capacity=shift.capacity) != SignupState.REGISTERED:
            return
        signup.state, signup.changed_at = SignupState.REGISTERED, now
        signup.save(update_fields=["state", "changed_at"])
        mail_signup(signup, now=now)


def lock_shift(pk: int) -> Shift:
    """Return the shift, locked to the end of the transaction: seats are counted behind this door alone."""
    rows = Shift.objects.select_for_update(of=("self",), no_key=True).select_related("event__team")
    return rows.get(pk=pk)


def coming_to(shift: Shift) -> list[ShiftSignup]:
    """Return who means to come or waits to."""
    states = [*COMING, SignupState.WAITLISTED]
    rows = ShiftSignup.objects.filter(shift=shift, state__in=states)
    return list(rows.select_related("user", "shift__event__team").order_by("pk"))


def _require_member(shift: Shift, user: User) -> None:
    """Hold the membership's row, so that nobody is removed and signed up in the same moment."""
    team = shift.event.team
    held = Membership.objects.select_for_update(of=("self",), no_key=True)
    is_member = held.filter(team=team, user=user, state=MembershipState.ACTIVE).exists()
    if not is_member and not leads_team(user, team):
        raise NotMember
