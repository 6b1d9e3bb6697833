"""Ending an organizer's decision."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from ridings.models import ClassOverride
from ridings.services.recompute import request_recompute


@transaction.atomic
def end_overrides(*, overrides: QuerySet[ClassOverride], now: dt.datetime, cause: str) -> int:
    """End those overrides that are in force and ask for a new map; returns how many ended."""
    count = overrides.filter(ended_at__isnull=True).update(ended_at=now)
    if count:
        request_recompute(cause=cause)
    return count
