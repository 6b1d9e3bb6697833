"""Ending what callers hold: by time, by an organizer, or because somebody may call no longer.

Locks are taken in one order everywhere: the caller's account, leases, contacts.
"""

from datetime import datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.db import transaction

from supporters.models import User
from volunteers.enums import ContactState, EndOfLease, Outcome
from volunteers.models import Contact, Lease
from volunteers.queries.retries import retry_rules
from volunteers.rules.calling_hours import province_of_riding
from volunteers.rules.retries import Voter, decide
from volunteers.services.attempts import Report, write_attempt

# However alive a browser is, a call ends at last.
LONGEST_HELD = timedelta(minutes=45)
# Of a closed list: whoever is talking may finish.
GRACE = timedelta(minutes=15)
# A claim on its way to somebody to call ends so many lapsed leases; the sweeper ends the rest.
LAZILY_ENDED = 20
_SWEPT_AT_ONCE = 500


def lease_length() -> timedelta:
    """Return how long a call is held after the last sign of life."""
    return timedelta(seconds=settings.CALL_LEASE_SECONDS)


@transaction.atomic
def end_leases_of(*, user: User, reason: EndOfLease = EndOfLease.REVOKED, now: datetime) -> int:
    """Take the calls of an account away, in the transaction of whoever ends its membership or certificate; return how many.

    Their voters return to the queue, those dialled after a rest. What the caller sends in later is kept as late. Claims of the
    account wait for its row, so that none slips through between.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    held = Lease.objects.select_for_update(of=("self",), no_key=True).filter(
        caller=user, ended_at__isnull=True
    )
    leases = list(held)
    for lease in leases:
        end_lease(lease=lease, reason=reason, now=now)
    return len(leases)


@transaction.atomic
def end_expired_leases(*, now: datetime, most: int = LAZILY_ENDED) -> int:
    """End leases that lapsed, oldest first; what somebody else is ending is passed over. Return how many."""
    lapsed = Lease.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).filter(
        ended_at__isnull=True, expires_at__lte=now
    )
    leases = list(lapsed.select_related("contact__contact_list").order_by("expires_at")[:most])
    for lease in leases:
        is_closed = lease.contact.contact_list.state == "closed"
        end_lease(lease=lease, reason=EndOfLease.CLOSED if is_closed else EndOfLease.EXPIRED, now=now)
    return len(leases)


def sweep_leases(*, now: datetime) -> int:
    """End every lease that lapsed, batch by batch; return how many."""
    count = 0
    while ended := end_expired_leases(now=now, most=_SWEPT_AT_ONCE):
        count += ended
    return count


@transaction.atomic
def end_lease(*, lease: Lease, reason: EndOfLease, now: datetime) -> None:
    """End a live lease whose outcome nobody recorded; its row is locked by whoever calls this.

    A voter who was dialled may have been rung: an attempt with an unknown outcome is noted, and a rest begins. One who was not
    returns at once.
    """
    lease.ended_at, lease.end_reason = now, reason
    lease.save(update_fields=["ended_at", "end_reason"])
    if lease.dialled_at is None:
        Contact.objects.filter(pk=lease.contact_id, state=ContactState.READY).update(next_at=now)
        return
    _note_unknown(lease, now)
    contact = Contact.objects.select_for_update(of=("self",), no_key=True).get(pk=lease.contact_id)
    if contact.state != ContactState.READY:
        return
    voter = Voter(contact.zone, province_of_riding(contact.riding_number), contact.attempt_count)
    decision = decide(outcome=Outcome.UNKNOWN, rules=retry_rules(), voter=voter, now=now)
    contact.state, contact.attempt_count, contact.next_at = (
        decision.state,
        decision.attempts,
        decision.next_at,
    )
    contact.last_outcome, contact.last_attempt_at = Outcome.UNKNOWN, now
    contact.save(update_fields=["state", "attempt_count", "next_at", "last_outcome", "last_attempt_at"])


def _note_unknown(lease: Lease, now: datetime) -> None:
    contact = Contact.objects.get(pk=lease.contact_id)
    report = Report(
        client_id=uuid5(lease.pk, "unknown"),
        by=lease.caller,
        riding_number=contact.riding_number,
        outcome=Outcome.UNKNOWN,
        happened_at=lease.dialled_at or now,
        contact=contact,
        lease=lease,
        script_version=lease.script_version,
    )
    write_attempt(report=report, now=now)
