"""Storing polling averages."""

from collections.abc import Iterable

from django.db import transaction

from campaign.models import Party
from ridings.models import PollingAverage
from ridings.rules.averages_table import AverageRow
from ridings.services.recompute import request_recompute


@transaction.atomic
def store_averages(*, rows: Iterable[AverageRow], cause: str) -> int:
    """Store averages, each in place of the one of the same region, party and day; returns how many.

    Every row's party must exist.
    """
    parties = {party.code: party for party in Party.objects.all()}
    averages = [
        PollingAverage(
            region=row.region,
            party=parties[row.party],
            as_of=row.as_of,
            share=row.share,
            poll_count=row.poll_count,
            source=row.source,
        )
        for row in rows
    ]
    PollingAverage.objects.bulk_create(
        averages,
        update_conflicts=True,
        unique_fields=["region", "party", "as_of"],
        update_fields=["share", "poll_count", "source"],
    )
    request_recompute(cause=cause)
    return len(averages)
