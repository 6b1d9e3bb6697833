"""Writing what leads to ridings and colours them: postal codes, places, polling averages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from campaign.models import Party
from ridings.enums import Province
from ridings.models import BoundarySet, Place, PlaceRiding, PollingAverage, PostalCode
from ridings.rules.polling_table import AverageRow
from ridings.rules.search_text import search_text
from ridings.services.recompute import request_recompute

if TYPE_CHECKING:
    from datetime import date

ROWS_PER_INSERT = 5000
FSA_LENGTH = 3


@transaction.atomic
def replace_postal_codes(*, boundary_set: BoundarySet, shares: Mapping[str, Mapping[int, float]]) -> int:
    """Write {code: {FED number: share}} in place of the codes of the same kind; return the number of rows.

    Areas (three characters) and full codes are two kinds: loading one leaves the other.
    """
    ids = dict(boundary_set.ridings.values_list("number", "pk"))
    there = PostalCode.objects.filter(riding__boundary_set=boundary_set)
    kinds = {len(code) == FSA_LENGTH for code in shares}
    for is_area in kinds:
        there.filter(code__regex=r"^...$" if is_area else r"^......$").delete()
    rows = [
        PostalCode(code=code, riding_id=ids[number], share=share)
        for code, by_riding in shares.items()
        for number, share in by_riding.items()
    ]
    PostalCode.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT)
    return len(rows)


@transaction.atomic
def replace_places(
    *, boundary_set: BoundarySet, places: Mapping[tuple[str, Province], tuple[int, Mapping[int, float]]]
) -> int:
    """Write {(name, province): (weight, {FED number: share})}; return the number of places.

    Places keep what other boundary sets say of them; places that no set knows any more go.
    """
    ids = dict(boundary_set.ridings.values_list("number", "pk"))
    Place.objects.bulk_create(
        [
            Place(name=name, province=province, weight=weight, search_text=search_text([name]))
            for (name, province), (weight, _) in places.items()
        ],
        update_conflicts=True,
        unique_fields=["name", "province"],
        update_fields=["weight", "search_text"],
    )
    by_name = {(place.name, place.province): place.pk for place in Place.objects.all()}
    PlaceRiding.objects.filter(riding__boundary_set=boundary_set).delete()
    PlaceRiding.objects.bulk_create(
        [
            PlaceRiding(place_id=by_name[key], riding_id=ids[number], share=share)
            for key, (_, shares) in places.items()
            for number, share in shares.items()
        ],
        batch_size=ROWS_PER_INSERT,
    )
    Place.objects.filter(shares__isnull=True).delete()
    return len(places)


@transaction.atomic
def record_averages(*, rows: Sequence[AverageRow]) -> int:
    """Write polling averages in place of those of the same region and day; return how many.

    A party's code must exist; rows that say what is there already change nothing.
    """
    parties = dict(Party.objects.values_list("code", "pk"))
    by_day: dict[tuple[str, date], list[AverageRow]] = defaultdict(list)
    for row in rows:
        by_day[row.region, row.as_of].append(row)
    changed = False
    for (region, as_of), day_rows in by_day.items():
        there = PollingAverage.objects.filter(region=region, as_of=as_of)
        before = set(there.values_list("party_id", "share", "poll_count", "source"))
        if before == {(parties[row.party], row.share, row.poll_count, row.source) for row in day_rows}:
            continue
        there.delete()
        PollingAverage.objects.bulk_create(_average(row, parties) for row in day_rows)
        changed = True
    if changed:
        request_recompute(cause="polling averages loaded")
    return len(rows)


def _average(row: AverageRow, parties: Mapping[str, int]) -> PollingAverage:
    return PollingAverage(
        region=row.region,
        party_id=parties[row.party],
        as_of=row.as_of,
        share=row.share,
        poll_count=row.poll_count,
        source=row.source[:300],
    )
