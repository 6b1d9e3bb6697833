"""Where a riding lies, as turfs need it."""

from dataclasses import dataclass

import shapely

from ridings.enums import BoundaryStatus
from ridings.models import RidingBoundary
from ridings.queries.inputs import live_boundary_set


@dataclass(frozen=True)
class Ground:
    """A riding's shape on the boundaries in force; `shape` is None where no shapes are loaded."""

    boundary_code: str
    shape: shapely.Geometry | None


def ground_of(riding_number: int) -> Ground:
    """Return the shape of a riding and the code of its boundaries.

    Read from the database rather than from the index in process: prepared shapes are used by one thread at a time.
    """
    live = live_boundary_set()
    rows = RidingBoundary.objects.filter(
        riding__number=riding_number, riding__boundary_set__status=BoundaryStatus.LIVE
    )
    wkb = rows.values_list("wkb", flat=True).first()
    return Ground(live.code if live else "", shapely.from_wkb(bytes(wkb)) if wkb else None)
