"""Forgetting entries of public forms on a clock, batch by batch; doing it again does nothing more."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from supporters.enums import EntryState
from supporters.models import Entry
from supporters.rules.forgetting import ORIGIN_LIFE, UNCONFIRMED_LIFE


@transaction.atomic
def forget_origins(model: type[Entry], *, now: datetime, batch: int) -> bool:
    """Empty the internet address of the oldest entries past their time; say whether there were any."""
    rows = model._default_manager  # noqa: SLF001 — Django's public name
    old = rows.filter(~Q(origin=""), created_at__lt=now - ORIGIN_LIFE)
    ids = list(old.order_by("created_at").values_list("pk", flat=True)[:batch])
    rows.filter(pk__in=ids).update(origin="")
    return bool(ids)


@transaction.atomic
def delete_unconfirmed(entries: QuerySet[Any], *, now: datetime, batch: int) -> bool:
    """Delete those among these entries that nobody confirmed in two months; say whether there were any."""
    cutoff = now - UNCONFIRMED_LIFE
    old = (
        entries.filter(state=EntryState.PENDING, created_at__lt=cutoff)
        .annotate(last_mail_at=Coalesce("mailed_at", F("created_at")))
        .filter(last_mail_at__lt=cutoff)
    )
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:batch])
    if ids:
        # Asked again: a confirmation may have come meanwhile.
        entries.filter(pk__in=ids, state=EntryState.PENDING).delete()
    return bool(ids)
