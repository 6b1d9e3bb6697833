"""What new boundaries of ridings mean for turfs: said, never acted upon."""

from datetime import datetime

from django.db import transaction

from volunteers.models import BoundaryChange, Turf
from volunteers.queries.ground import ground_of
from volunteers.rules.outlines import inside


@transaction.atomic
def find_moved_doors(*, now: datetime) -> int:
    """Note for every turf cut on former boundaries how many of its doors lie in another riding; say how many turfs.

    Once for each turf and boundaries. The turf keeps its doors and its boundaries: captains decide what becomes of it.
    """
    found = []
    for turf in Turf.objects.select_related("team").order_by("pk"):
        ground = ground_of(turf.team.riding_number or 0)
        if ground.shape is None or ground.boundary_code == turf.boundary_code:
            continue
        points = list(turf.doors.values_list("longitude", "latitude").order_by("pk"))
        moved = inside(ground.shape, points).count(False)
        found.append(
            BoundaryChange(turf=turf, boundary_code=ground.boundary_code, moved_count=moved, found_at=now)
        )
    known = BoundaryChange.objects.count()
    BoundaryChange.objects.bulk_create(found, ignore_conflicts=True)
    return BoundaryChange.objects.count() - known
