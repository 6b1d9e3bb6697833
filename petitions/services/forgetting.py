"""Forgetting on a clock: batch by batch, nothing that counts is deleted, doing it again does nothing more."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from petitions.models import Petition, Signature
from petitions.rules.forgetting import forgets_names
from supporters.services.forgetting_entries import delete_unconfirmed, forget_origins

BATCH = 5000


def forget_what_is_old(*, clock: Callable[[], datetime], until: datetime, batch: int = BATCH) -> None:
    """Empty old internet addresses, delete old unconfirmed signatures, forget names; stop at `until`, go on next time."""
    now = clock()
    for step in (_forget_origins, delete_old_unconfirmed, forget_names):
        while clock() < until and step(now=now, batch=batch):
            pass


def _forget_origins(*, now: datetime, batch: int) -> bool:
    return forget_origins(Signature, now=now, batch=batch)


def delete_old_unconfirmed(*, now: datetime, batch: int = BATCH) -> bool:
    """Delete signatures that nobody confirmed in two months; say whether there were any.

    Where the public count includes unconfirmed ones they count and stay, until their names are forgotten.
    """
    petitions = Petition.objects.filter(counts_unconfirmed=False).order_by("pk")
    return any(
        delete_unconfirmed(Signature.objects.filter(petition=petition), now=now, batch=batch)
        for petition in petitions
    )


@transaction.atomic
def forget_names(*, now: datetime, batch: int = BATCH) -> bool:
    """Take people out of one batch of signatures of a petition long closed and delivered; say whether there is more."""
    petition = next(_to_forget(now), None)
    if petition is None:
        return False
    named = Signature.objects.filter(~Q(name="") | Q(supporter__isnull=False), petition=petition)
    ids = list(named.order_by("pk").values_list("pk", flat=True)[:batch])
    Signature.objects.filter(pk__in=ids).update(
        supporter=None, name="", postal_code="", origin="", email_domain="", is_public=False
    )
    if len(ids) < batch:
        Petition.objects.filter(pk=petition.pk).update(forgotten_at=now)
    return True


def _to_forget(now: datetime) -> Iterator[Petition]:
    waiting = Petition.objects.filter(forgotten_at__isnull=True, delivered_at__isnull=False).order_by("pk")
    return (
        petition
        for petition in waiting
        if forgets_names(closes_at=petition.closes_at, delivered_at=petition.delivered_at, now=now)
    )
