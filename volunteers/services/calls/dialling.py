"""From holding a contact to dialling, and staying alive until the outcome is recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from coop4canada.kit.zones import knows_clocks_of_2026
from supporters.models import User
from volunteers.enums import ContactState, EndOfLease, ListState, NoCall
from volunteers.models import Contact, Lease
from volunteers.rules.calling_hours import is_open, province_of_riding
from volunteers.services.calls.own_lease import WHY_GONE, locked_lease
from volunteers.services.leases import LONGEST_HELD, end_lease, lease_length
from volunteers.services.register import note_called


@dataclass(frozen=True)
class Dialled:
    """The number may be dialled. `dialled_at`: when it was for the first time."""

    phone: str
    dialled_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Alive:
    """The call goes on until `expires_at`. `is_closing`: the list was closed, whoever talks may finish until then."""

    expires_at: datetime
    is_closing: bool


@dataclass(frozen=True)
class Gone:
    """The caller must stop, or must not dial: why."""

    reason: NoCall


@transaction.atomic
def dial(*, lease_id: UUID, caller: User, now: datetime) -> Dialled | Gone:
    """Note that the number is dialled now, and enter it into the register of numbers called.

    Calling hours are looked at again: between claim and dialling they may have closed. A conversation that began within them
    may finish. Pressed twice it is one call.
    Raises: NotYourCall.
    """
    lease = locked_lease(lease_id, caller)
    if gone := _gone(lease, now):
        return gone
    contact = lease.contact
    if lease.dialled_at is None:
        if not knows_clocks_of_2026():
            return Gone(NoCall.CLOCKS)
        if not is_open(contact.zone, province_of_riding(contact.riding_number), now):
            return Gone(NoCall.OUTSIDE_HOURS)
        if contact.contact_list.state == ListState.CLOSED:
            end_lease(lease=lease, reason=EndOfLease.CLOSED, now=now)
            return Gone(NoCall.CLOSED)
        lease.dialled_at = now
        note_called(lease=lease, now=now)
    _extend(lease, now)
    lease.save(update_fields=["dialled_at", "heartbeat_at", "expires_at"])
    return Dialled(contact.phone, lease.dialled_at, lease.expires_at)


@transaction.atomic
def heartbeat(*, lease_id: UUID, caller: User, now: datetime) -> Alive | Gone:
    """Keep a call alive, at most for as long as one may last; or say why the caller must stop.

    Raises: NotYourCall.
    """
    lease = locked_lease(lease_id, caller)
    if gone := _gone(lease, now):
        return gone
    _extend(lease, now)
    lease.save(update_fields=["heartbeat_at", "expires_at"])
    return Alive(lease.expires_at, is_closing=_is_closing(lease))


@transaction.atomic
def skip_contact(*, lease_id: UUID, caller: User, now: datetime) -> bool:
    """Give a contact back; return whether the caller still held it. Once dialled it counts as a call nobody told of.

    Raises: NotYourCall.
    """
    lease = locked_lease(lease_id, caller)
    if lease.ended_at is not None:
        return False
    end_lease(lease=lease, reason=EndOfLease.SKIPPED, now=now)
    return True


def _gone(lease: Lease, now: datetime) -> Gone | None:
    """Say why a call is over; one that lapsed while nobody noticed goes on unless its longest time is over."""
    if lease.ended_at is not None:
        return Gone(WHY_GONE[EndOfLease(lease.end_reason)])
    if Contact.objects.filter(pk=lease.contact_id, state=ContactState.SUPPRESSED).exists():
        end_lease(lease=lease, reason=EndOfLease.SUPPRESSED, now=now)
        return Gone(NoCall.DO_NOT_CALL)
    is_over = lease.expires_at <= now and (_is_closing(lease) or now >= lease.issued_at + LONGEST_HELD)
    if is_over:
        reason = EndOfLease.CLOSED if _is_closing(lease) else EndOfLease.EXPIRED
        end_lease(lease=lease, reason=reason, now=now)
        return Gone(WHY_GONE[reason])
    return None


def _extend(lease: Lease, now: datetime) -> None:
    lease.heartbeat_at = now
    if not _is_closing(lease):
        longest = lease.issued_at + LONGEST_HELD
        lease.expires_at = max(lease.expires_at, min(now + lease_length(), longest))


def _is_closing(lease: Lease) -> bool:
    return bool(lease.contact.contact_list.state == ListState.CLOSED)
