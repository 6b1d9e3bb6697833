"""How the ridings of one boundary set lie on those of every earlier one."""

import gzip
import json

import numpy as np
import shapely

from ridings import geometry
from ridings.geometry import Shapes
from ridings.models import BoundarySet, GeometryDocument
from ridings.rules.topology import decode_topology
from ridings.services.loading import replace_overlaps

# A smaller share of a riding's area is a difference of drawing, not of the ridings.
SMALLEST_SHARE = 0.005


def refresh_overlaps(boundary_set: BoundarySet) -> None:
    """Compute the overlaps of a loaded set with every other loaded set, earlier or later."""
    for other in BoundarySet.objects.exclude(shapes_version="").exclude(pk=boundary_set.pk).order_by("code"):
        new, old = (boundary_set, other) if boundary_set.code > other.code else (other, boundary_set)
        replace_overlaps(later=new, earlier=old, shares=_shares(new, old))


def _simplified(boundary_set: BoundarySet) -> tuple[list[int], Shapes]:
    shapes = {}
    documents = (
        GeometryDocument.objects.filter(boundary_set=boundary_set).exclude(province="").order_by("province")
    )
    for document in documents:
        shapes.update(decode_topology(json.loads(gzip.decompress(document.body))))
    in_degrees = np.array(list(shapes.values()), dtype=object)
    return [int(number) for number in shapes], geometry.projected(
        in_degrees, geometry.WGS84, geometry.EQUAL_AREA
    )


def _shares(new: BoundarySet, old: BoundarySet) -> list[tuple[int, int, float]]:
    new_numbers, new_shapes = _simplified(new)
    old_numbers, old_shapes = _simplified(old)
    if not new_numbers or not old_numbers:
        return []
    # Straight edges bend a little in another projection, which can make a thin spike cross itself.
    new_shapes, old_shapes = geometry.repaired(new_shapes), geometry.repaired(old_shapes)
    first, second = shapely.STRtree(old_shapes).query(new_shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(new_shapes[first], old_shapes[second]))
    shares = common / shapely.area(new_shapes)[first]
    return [
        (new_numbers[i], old_numbers[j], float(share))
        for i, j, share in zip(first, second, shares, strict=True)
        if share > SMALLEST_SHARE
    ]
