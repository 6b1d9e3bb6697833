"""Forgetting on a clock: batch by batch, nothing that counts is deleted, doing it again does nothing more."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from petitions.models import Petition, Signature
from petitions.rules.forgetting import ORIGIN_LIFE, UNCONFIRMED_LIFE, forgets_names
from supporters.enums import EntryState

BATCH = 5000


def forget_what_is_old(*, clock: Callable[[], datetime], until: datetime, batch: int = BATCH) -> None:
    """Empty old internet addresses, delete old unconfirmed signatures, forget names; stop at `until`, go on next time."""
    now = clock()
    for step in (forget_origins, delete_unconfirmed, forget_names):
        while clock() < until and step(now=now, batch=batch):
            pass


@transaction.atomic
def forget_origins(*, now: datetime, batch: int = BATCH) -> bool:
    """Empty the internet address of the oldest signatures past their time; say whether there were any."""
    old = Signature.objects.filter(~Q(origin=""), created_at__lt=now - ORIGIN_LIFE)
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:batch])
    Signature.objects.filter(pk__in=ids).update(origin="")
    return bool(ids)


@transaction.atomic
def delete_unconfirmed(*, now: datetime, batch: int = BATCH) -> bool:
    """Delete signatures that nobody confirmed in two months; say whether there were any.

    Where the public count includes unconfirmed ones they count and stay, until their names are forgotten.
    """
    cutoff = now - UNCONFIRMED_LIFE
    for petition in Petition.objects.filter(counts_unconfirmed=False).order_by("pk"):
        old = (
            Signature.objects.filter(petition=petition, state=EntryState.PENDING, created_at__lt=cutoff)
            .annotate(last_mail_at=Coalesce("mailed_at", F("created_at")))
            .filter(last_mail_at__lt=cutoff)
        )
        ids = list(old.order_by("pk").values_list("pk", flat=True)[:batch])
        if ids:
            # Asked again: a confirmation may have come meanwhile.
            Signature.objects.filter(pk__in=ids, state=EntryState.PENDING).delete()
            return True
    return False


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
