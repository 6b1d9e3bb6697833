"""Pausing and closing lists of people to call, and keeping their order by the class of ridings."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When

from ridings.enums import RidingClass
from ridings.queries.classes import classes_in_force
from volunteers.enums import Channel, ContactState, EndOfLease, ListState, Need
from volunteers.models import Contact, ContactList, Lease
from volunteers.services.leases import GRACE, end_lease

NEED_OF_CLASS = {RidingClass.SWING: Need.SWING, RidingClass.EMERGING: Need.EMERGING}
_BATCH = 2_000


@transaction.atomic
def activate_list(*, contact_list: ContactList) -> bool:
    """Put a list into use, or take it up again; say whether that changed something. A closed one stays closed."""
    waiting = ContactList.objects.filter(
        pk=contact_list.pk, channel=Channel.PHONE, state__in=[ListState.DRAFT, ListState.PAUSED]
    )
    return bool(waiting.update(state=ListState.ACTIVE))


@transaction.atomic
def pause_list(*, contact_list: ContactList) -> bool:
    """Hand out nobody more; calls under way may end as ever. Say whether that changed something."""
    live = ContactList.objects.filter(pk=contact_list.pk, channel=Channel.PHONE, state=ListState.ACTIVE)
    return bool(live.update(state=ListState.PAUSED))


@transaction.atomic
def close_list(*, contact_list: ContactList, now: datetime) -> bool:
    """End a list for good: who is talking has a grace to finish, who has not dialled yet must not. Say whether it changed."""
    open_ones = ContactList.objects.filter(pk=contact_list.pk, channel=Channel.PHONE).exclude(
        state=ListState.CLOSED
    )
    if not open_ones.update(state=ListState.CLOSED):
        return False
    held = Lease.objects.select_for_update(of=("self",), no_key=True).filter(
        contact__contact_list_id=contact_list.pk, ended_at__isnull=True
    )
    for lease in held.order_by("pk"):
        if lease.dialled_at is None:
            end_lease(lease=lease, reason=EndOfLease.CLOSED, now=now)
        else:
            lease.expires_at = now + GRACE
            lease.save(update_fields=["expires_at"])
    return True


def refresh_priorities(*, contact_list: ContactList | None = None) -> int:
    """Give contacts the need of their riding by its class in force; return how many changed.

    Of all lists, or of one. What somebody else has locked is left to the next round.
    """
    need = _need_by_class()
    rows = Contact.objects.filter(state=ContactState.READY)
    rows = rows.filter(contact_list=contact_list) if contact_list else rows
    stale = rows.annotate(need=need).exclude(priority=F("need")).order_by("pk")
    count, last = 0, 0
    while True:
        with transaction.atomic():
            batch = stale.filter(pk__gt=last).select_for_update(skip_locked=True, of=("self",), no_key=True)
            ids = list(batch.values_list("pk", flat=True)[:_BATCH])
            if not ids:
                return count
            count += Contact.objects.filter(pk__in=ids).update(priority=need)
            last = ids[-1]


def _need_by_class() -> Case:
    by_need: dict[int, list[int]] = {}
    for number, riding_class in classes_in_force().items():
        if need := NEED_OF_CLASS.get(RidingClass(riding_class)):
            by_need.setdefault(need, []).append(number)
    whens = [When(Q(riding_number__in=numbers), then=Value(need)) for need, numbers in by_need.items()]
    return Case(*whens, default=Value(Need.ANY.value), output_field=IntegerField())


@transaction.atomic
def release_contacts(*, ids: list[int], now: datetime) -> int:
    """Put contacts that wait for an organizer, or were tried in vain, back into the queue; return how many."""
    waiting = Contact.objects.filter(pk__in=ids, state__in=[ContactState.HELD, ContactState.EXHAUSTED])
    return waiting.update(state=ContactState.READY, attempt_count=0, next_at=now)
