"""Who must not be contacted, from this moment on, whatever list they are in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from supporters.models import User
from volunteers.enums import ContactState, EndOfLease, SuppressedThing, SuppressionSource
from volunteers.models import Attempt, Contact, Door, Lease, Suppression


@dataclass(frozen=True)
class Refusal:
    """A voter's wish not to be contacted: by which hashes they are recognised, who heard it, when it was said.

    `digests`: {thing: digest}; empty digests are passed over.
    """

    digests: dict[SuppressedThing, str]
    source: SuppressionSource
    said_at: datetime
    by: User | None = None
    attempt: Attempt | None = None


class LiftedWithoutNote(ValueError):
    """Nobody takes a voter's word back without saying why."""


@transaction.atomic
def suppress(*, refusal: Refusal, now: datetime) -> None:
    """Contact these nowhere again: all lists, both ways, calls under way and those promised for later.

    Said twice it is one entry. A household that refuses at the door is not called either, as far as its numbers are
    known to belong to that address, and the other way round.
    """
    things = {thing: digest for thing, digest in refusal.digests.items() if digest}
    Suppression.objects.bulk_create(
        [
            Suppression(
                thing=thing,
                digest=digest,
                source=refusal.source,
                attempt=refusal.attempt,
                said_at=min(refusal.said_at, now),
                recorded_at=now,
                recorded_by=refusal.by,
            )
            for thing, digest in sorted(things.items())
        ],
        ignore_conflicts=True,
    )
    if phone := things.get(SuppressedThing.PHONE):
        close_contacts(Contact.objects.filter(phone_digest=phone), now)
    if address := things.get(SuppressedThing.ADDRESS):
        close_contacts(Contact.objects.filter(address_digest=address), now)
        Door.objects.filter(address_digest=address, suppressed_at__isnull=True).update(suppressed_at=now)


@transaction.atomic
def lift_suppression(*, suppression: Suppression, note: str, by: User, now: datetime) -> bool:
    """Let somebody be contacted again who asked for it; say whether there was something to lift.

    Calls are not taken up again by themselves: a contact stays as it is until it is imported anew.
    Raises: LiftedWithoutNote.
    """
    if not note.strip():
        raise LiftedWithoutNote
    live = Suppression.objects.filter(pk=suppression.pk, lifted_at__isnull=True)
    lifted = bool(live.update(lifted_at=now, lifted_by=by, lift_note=note.strip()))
    if lifted and suppression.thing == SuppressedThing.ADDRESS:
        Door.objects.filter(address_digest=suppression.digest).update(suppressed_at=None)
    return lifted


def close_contacts(contacts: QuerySet[Contact], now: datetime) -> None:
    """Let nobody call these any more, nor go on calling; in the caller's transaction."""
    Lease.objects.filter(contact__in=contacts, ended_at__isnull=True).update(
        ended_at=now, end_reason=EndOfLease.SUPPRESSED
    )
    # In the order of their ids, as everybody locks contacts: two refusals at once queue up.
    still_open = contacts.exclude(state=ContactState.SUPPRESSED).order_by("pk")
    locked = still_open.select_for_update(of=("self",), no_key=True)
    Contact.objects.filter(pk__in=list(locked.values_list("pk", flat=True))).update(
        state=ContactState.SUPPRESSED, callback_at=None, callback_owner=None
    )
