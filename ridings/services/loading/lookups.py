"""Writing what leads to ridings: postal codes and places."""

from collections.abc import Mapping

from django.db import transaction

from ridings.enums import Province
from ridings.models import BoundarySet, Place, PlaceRiding, PostalCode
from ridings.rules.search_text import search_text

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
