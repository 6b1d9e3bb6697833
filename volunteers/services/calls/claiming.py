"""Handing out the next contact: one short transaction, and never two callers for one voter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from coop4canada.kit.zones import knows_clocks_of_2026
from supporters.models import User
from volunteers.enums import Channel, ContactState, EndOfLease, Need, NothingToCall
from volunteers.models import Contact, Lease
from volunteers.queries.callers import CallableList, callable_lists, person_of, teams_of_caller
from volunteers.queries.calls import Offer, held_lease, offer_of
from volunteers.queries.candidates_to_call import Search, suppressed
from volunteers.queries.queue import QueueState, remembered_queue_of
from volunteers.queries.training import holds_certificate
from volunteers.services.leases import end_expired_leases, end_lease, lease_length
from volunteers.services.registry import note_call

# How many candidates are read: where others are taking the first ones, more are looked at.
_LOOKS = (8, 32, 128)
_MOST_COLLISIONS = 8


@dataclass(frozen=True)
class Nothing:
    """Nobody to call: why, and where the queue merely has nobody right now, what stands in the way and until when."""

    reason: NothingToCall
    queue: QueueState | None = None


def next_contact(*, caller: User, now: datetime) -> Offer | Nothing:
    """Give a caller whom to call next; asked twice, or in two windows, it is the same call.

    Args:
        caller: whose account row is locked first, so that one caller's two clicks queue up.
        now: by the database's clock, by which leases are compared.
    """
    found = _claim(caller=caller, now=now)
    if isinstance(found, _Claimed):
        note_call(now=now)
        return offer_of(found.lease, is_resumed=found.is_resumed, now=now)
    queue = remembered_queue_of(caller, now) if found == NothingToCall.EMPTY else None
    return Nothing(found, queue)


@dataclass(frozen=True)
class _Claimed:
    lease: Lease
    is_resumed: bool


@transaction.atomic
def _claim(*, caller: User, now: datetime) -> _Claimed | NothingToCall:
    account = User.objects.select_for_update(of=("self",), no_key=True).get(pk=caller.pk)
    teams = teams_of_caller(account)
    if obstacle := _obstacle(account, teams):
        return obstacle
    if held := held_lease(account.pk):
        if held.expires_at > now:
            return _Claimed(held, is_resumed=True)
        _end_own_lapsed(account, now)
    end_expired_leases(now=now)
    lists = callable_lists(teams)
    if not lists:
        return NothingToCall.NO_LIST
    lease = _take(account, lists, now)
    return _Claimed(lease, is_resumed=False) if lease else NothingToCall.EMPTY


def _obstacle(account: User, teams: frozenset[int | None]) -> NothingToCall | None:
    """Say why an account may not call now; asked within the claim, so that no revocation is overtaken."""
    if not account.is_active:
        return NothingToCall.SUSPENDED
    if not teams:
        return NothingToCall.NO_MEMBER
    if not holds_certificate(account, Channel.PHONE):
        return NothingToCall.NO_CERTIFICATE
    return None if knows_clocks_of_2026() else NothingToCall.CLOCKS


def _end_own_lapsed(account: User, now: datetime) -> None:
    rows = Lease.objects.select_for_update(of=("self",), no_key=True)
    for lease in rows.filter(caller=account, ended_at__isnull=True):
        end_lease(lease=lease, reason=EndOfLease.EXPIRED, now=now)


def _take(account: User, lists: tuple[CallableList, ...], now: datetime) -> Lease | None:
    versions = {one.pk: one.script_version_id for one in lists}
    search = Search(account, person_of(account, now), now)
    for look in _looks(search, lists):
        for most in _LOOKS:
            ids = look(most=most)
            if not ids:
                break
            if lease := _first_free(search, ids, versions):
                return lease
            _set_aside_suppressed(ids)
    return None


def _looks(search: Search, lists: tuple[CallableList, ...]) -> Iterator[Callable[..., list[int]]]:
    """Yield what is looked through, in order: promises, then ridings by their need."""
    yield partial(search.promised, [one.pk for one in lists])
    for need in sorted(Need.values, reverse=True):
        if meant := [one.pk for one in lists if one.least_need <= need]:
            yield partial(search.ready, meant, need=need)


def _first_free(search: Search, ids: list[int], versions: dict[int, int]) -> Lease | None:
    """Lease the first that nobody else takes; the unique indexes are the last judge."""
    left = list(ids)
    for _collision in range(_MOST_COLLISIONS):
        try:
            with transaction.atomic():
                contact = _lock_one(search, left)
                return _lease(contact, search, versions) if contact else None
        except IntegrityError:
            # Somebody took the same number or household on another list in this very moment.
            left.remove(contact.pk)  # type: ignore[union-attr]  # without a contact nothing is written
    return None


def _lock_one(search: Search, ids: list[int]) -> Contact | None:
    """Lock the first of these that is free."""
    order = {pk: place for place, pk in enumerate(ids)}
    # Read in the order in which they were found; only the first is locked.
    free = search.lockable(ids).extra(
        select={"place": "array_position(%s::bigint[], volunteers_contact.id)"},
        select_params=[list(order)],
        order_by=["place"],
    )
    return free.first()


def _lease(contact: Contact, search: Search, versions: dict[int, int]) -> Lease:
    expires_at = search.now + lease_length()
    lease = Lease.objects.create(
        contact=contact,
        caller=search.caller,
        script_version_id=versions[contact.contact_list_id],
        phone_digest=contact.phone_digest,
        household_key=contact.household_key,
        issued_at=search.now,
        heartbeat_at=search.now,
        expires_at=expires_at,
    )
    contact.next_at = expires_at
    contact.save(update_fields=["next_at"])
    return lease


def _set_aside_suppressed(ids: list[int]) -> None:
    """Mark what is on the do-not-contact list, however it came to wait: it never stands in the way again."""
    Contact.objects.filter(suppressed(), pk__in=ids, state=ContactState.READY).update(
        state=ContactState.SUPPRESSED, callback_at=None, callback_owner=None
    )
