"""Ridings in the shapes of Open North's Represent API."""

from typing import Any

from django.urls import reverse

from ridings.enums import BoundaryStatus
from ridings.index import holder
from ridings.models import BoundarySet, PostalCode, Riding, RidingBoundary
from ridings.rules.postal_code import FSA_LENGTH, spaced

SET_NAME = "Federal electoral district"


def boundaries(*, order: str, point: tuple[float, float] | None) -> list[Riding]:
    """Return ridings by FED number: of one representation order or of the live one, all or those at a point.

    Args:
        order: code of the boundary set; empty means the live one.
        point: (latitude, longitude) in WGS 84 degrees; only the live set can be asked for a point.
    """
    boundary_sets = BoundarySet.objects.filter(code=order) if order else BoundarySet.objects.all()
    if not order or point:
        boundary_sets = boundary_sets.filter(status=BoundaryStatus.LIVE)
    boundary_set = boundary_sets.first()
    if boundary_set is None:
        return []
    if point is None:
        ridings = Riding.objects.filter(boundary_set=boundary_set).select_related("boundary_set")
        return list(ridings.order_by("number"))
    index = holder.live()
    return index.covering(point[1], point[0]) if index else []


def boundary_summary(riding: Riding) -> dict[str, Any]:
    """Return a riding as Represent lists it."""
    order = riding.boundary_set.code
    return {
        "url": reverse("represent-boundary", args=[order, riding.number]),
        "name": riding.name_en,
        "boundary_set_name": SET_NAME,
        "external_id": str(riding.number),
        "related": {
            "boundary_set_url": f"/boundary-sets/federal-electoral-districts-{order}-representation-order/"
        },
    }


def boundary_detail(*, order: str, number: int) -> dict[str, Any] | None:
    """Return one riding as Represent shows it, or None."""
    riding = (
        Riding.objects.filter(boundary_set__code=order, number=number).select_related("boundary_set").first()
    )
    if riding is None:
        return None
    shape = RidingBoundary.objects.filter(riding=riding).defer("wkb").first()
    point = {"type": "Point", "coordinates": [riding.longitude, riding.latitude]}
    return {
        **boundary_summary(riding),
        "metadata": {"FED_NUM": riding.number, "ED_NAMEE": riding.name_en, "ED_NAMEF": riding.name_fr},
        "extent": [shape.west, shape.south, shape.east, shape.north] if shape else None,
        "centroid": point if riding.longitude is not None else None,
    }


def postcode(code: str) -> dict[str, Any] | None:
    """Return the ridings of a postal code as Represent shows them, or None if the code is unknown."""
    rows = list(_postal_rows(code)) or list(_postal_rows(code[:FSA_LENGTH]))
    if not rows:
        return None
    summaries = [boundary_summary(row.riding) for row in rows]
    return {
        "code": spaced(code).replace(" ", ""),
        "city": "",
        "province": rows[0].riding.province,
        "centroid": None,
        "boundaries_concordance": summaries,
        "boundaries_centroid": summaries[:1],
        "representatives_concordance": [],
        "representatives_centroid": [],
    }


def _postal_rows(code: str) -> Any:  # noqa: ANN401 — a queryset
    rows = PostalCode.objects.filter(code=code, riding__boundary_set__status=BoundaryStatus.LIVE)
    return rows.select_related("riding__boundary_set").order_by("-share", "riding__number")
