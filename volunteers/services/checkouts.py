"""Giving turfs to those who walk them, and getting them back. Rows of checkouts stay as history."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from supporters.models import User
from volunteers.enums import Channel, EndOfCheckout, ListState, MembershipState
from volunteers.models import Membership, Team, Turf, TurfCheckout
from volunteers.queries.training import holds_certificate
from volunteers.rules.checkouts import due_after, reminder_due
from volunteers.services.checkout_mails import queue_expired, queue_given, queue_reminder
from volunteers.services.turf_rows import live_checkout, lock_turf


class CheckoutRefused(Exception):
    """The turf is not given out."""


class NotCertified(CheckoutRefused):
    """Nobody goes to doors without having learned how."""


class NotAMember(CheckoutRefused):
    """Turfs are given to members of the team alone."""


class ListNotInUse(CheckoutRefused):
    """The list is being prepared, paused or closed."""


class TurfTaken(CheckoutRefused):
    """Somebody else holds the turf."""


class NotOpen(CheckoutRefused):
    """A captain gives this turf out; members do not take it by themselves."""


@dataclass(frozen=True)
class Giving:
    """To whom a turf is given, by whom, and for how many days; `takes`: a member takes it, so it has to be open."""

    holder: User
    by: User
    days: int
    takes: bool = False


@transaction.atomic
def check_out_turf(*, turf_id: int, giving: Giving, now: datetime) -> TurfCheckout:
    """Give a turf to a member of its team. To whoever holds it already nothing changes: twice is once.

    Raises: a CheckoutRefused; BadDays; Turf.DoesNotExist.
    """
    turf = lock_turf(turf_id)
    due_at = due_after(giving.days, now)
    live = live_checkout(turf)
    if live is not None:
        if live.holder_id == giving.holder.pk:
            return live
        raise TurfTaken
    _check(turf, giving)
    given = _give(turf, giving, due_at, now)
    if giving.by.pk != giving.holder.pk:
        queue_given(checkout=given, now=now)
    return given


@transaction.atomic
def hand_over_turf(*, checkout_id: int, giving: Giving, now: datetime) -> TurfCheckout:
    """Give a turf that somebody holds to somebody else, half-done as it is: done doors stay done.

    Raises: a CheckoutRefused, TurfTaken where it came back in the meantime and went to a third; BadDays.
    """
    turf = lock_turf(TurfCheckout.objects.values_list("turf_id", flat=True).get(pk=checkout_id))
    due_at = due_after(giving.days, now)
    live = live_checkout(turf)
    if live is not None and live.holder_id == giving.holder.pk:
        return live
    if live is not None and live.pk != checkout_id:
        raise TurfTaken
    _check(turf, giving)
    if live is not None:
        _end(live, EndOfCheckout.RECLAIMED, now)
    given = _give(turf, giving, due_at, now)
    if giving.by.pk != giving.holder.pk:
        queue_given(checkout=given, now=now)
    return given


@transaction.atomic
def return_turf(*, checkout_id: int, now: datetime) -> bool:
    """Bring a turf back; False if it was back already. What comes late from a phone is still accepted."""
    return _end_live(checkout_id, EndOfCheckout.RETURNED, now)


@transaction.atomic
def reclaim_turf(*, checkout_id: int, now: datetime) -> bool:
    """Take a turf back from its holder; False if it was back already. What comes late from a phone is still accepted."""
    return _end_live(checkout_id, EndOfCheckout.RECLAIMED, now)


@transaction.atomic
def end_checkouts_of(*, user: User, reason: EndOfCheckout, now: datetime, team: Team | None = None) -> int:
    """Take back every turf that somebody holds, in one team or in all, and say how many; part of leaving."""
    live = TurfCheckout.objects.filter(holder=user, ended_at__isnull=True)
    if team is not None:
        live = live.filter(turf__team=team)
    return live.update(ended_at=now, end_reason=reason)


@transaction.atomic
def expire_checkouts(*, now: datetime) -> int:
    """End what is past its day, tell the holders, and say how many; rows that somebody ends right now are left."""
    rows = TurfCheckout.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    overdue = rows.filter(ended_at__isnull=True, due_at__lte=now).select_related("turf__team", "holder")
    ended = list(overdue.order_by("pk"))
    for checkout in ended:
        _end(checkout, EndOfCheckout.EXPIRED, now)
        queue_expired(checkout=checkout, now=now)
    return len(ended)


def remind_holders(*, now: datetime) -> int:
    """Queue a reminder for every turf due soon, once for each; say how many were due.

    Read at the moment of queueing: who brought the turf back gets none.
    """
    live = TurfCheckout.objects.filter(ended_at__isnull=True, due_at__gt=now)
    due = [
        checkout
        for checkout in live.select_related("turf__team", "holder").order_by("pk")
        if reminder_due(checked_out_at=checkout.checked_out_at, due_at=checkout.due_at) <= now
    ]
    for checkout in due:
        queue_reminder(checkout=checkout, now=now)
    return len(due)


def _check(turf: Turf, giving: Giving) -> None:
    """Inside the transaction that gives: a certificate may have been revoked since the page was shown."""
    if turf.contact_list.state != ListState.ACTIVE:
        raise ListNotInUse
    members = Membership.objects.filter(team=turf.team, user=giving.holder, state=MembershipState.ACTIVE)
    # Locked: a removal that is under way is waited for.
    if members.select_for_update(of=("self",), no_key=True).first() is None:
        raise NotAMember
    if giving.takes and not turf.is_open:
        raise NotOpen
    if not holds_certificate(giving.holder, Channel.DOOR):
        raise NotCertified


def _give(turf: Turf, giving: Giving, due_at: datetime, now: datetime) -> TurfCheckout:
    try:
        with transaction.atomic():
            return TurfCheckout.objects.create(
                turf=turf, holder=giving.holder, given_by=giving.by, checked_out_at=now, due_at=due_at
            )
    except IntegrityError as error:
        if "turfcheckout_one_holder" in str(error):
            raise TurfTaken from error
        raise


def _end_live(checkout_id: int, reason: EndOfCheckout, now: datetime) -> bool:
    live = TurfCheckout.objects.filter(pk=checkout_id, ended_at__isnull=True)
    return bool(live.update(ended_at=now, end_reason=reason))


def _end(checkout: TurfCheckout, reason: EndOfCheckout, now: datetime) -> None:
    checkout.ended_at, checkout.end_reason = now, reason
    checkout.save(update_fields=["ended_at", "end_reason"])
