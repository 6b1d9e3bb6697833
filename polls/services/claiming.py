"""Rows that wait for the provider: claimed for a while, so that nobody is asked by two workers at once.

No transaction is open while the provider is asked. A claim that runs out is taken up again, under the same key.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet

LEASE = timedelta(seconds=90)
AT_ONCE = 50

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def claim(waiting: QuerySet[Row], *, now: datetime) -> list[Row]:
    """Return some of the waiting rows whose claim has run out, claimed anew; what somebody else is claiming is left out."""
    free = waiting.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))
    rows = list(free.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:AT_ONCE])
    waiting.filter(pk__in=[row.pk for row in rows]).update(leased_until=now + LEASE)
    return rows
