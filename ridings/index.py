"""Point look-up in process: every full-resolution shape of a boundary set in one STRtree.

343 polygons change once a decade, so each web process keeps them and asks the database nothing.
"""

import logging
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from django.db import DatabaseError

from ridings.enums import BoundaryStatus
from ridings.models import BoundarySet, Riding, RidingBoundary

if TYPE_CHECKING:
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

# How long a process may answer from the shapes it holds before it asks whether newer ones are in force.
SECONDS_BETWEEN_CHECKS = 5.0


@dataclass(frozen=True)
class RidingIndex:
    """The shapes of one boundary set: `ridings[i]` has the prepared `shapes[i]`, in the order of FED numbers."""

    version: str
    ridings: Sequence[Riding]
    shapes: "NDArray[np.object_]"
    tree: shapely.STRtree
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @classmethod
    def build(
        cls, version: str, ridings: Sequence[Riding], shapes: Sequence[shapely.Geometry]
    ) -> "RidingIndex":
        """Prepare the shapes; they must be in the order of FED numbers."""
        array = np.array(shapes, dtype=object)
        shapely.prepare(array)
        index = cls(version, ridings, array, shapely.STRtree(array))
        index._warm_up()
        return index

    def _warm_up(self) -> None:
        """Ask every shape once: GEOS builds the tree and each shape's edge index at their first use."""
        for point in shapely.get_coordinates(shapely.point_on_surface(self.shapes)):
            self.covering(*point)

    def covering(self, longitude: float, latitude: float) -> list[Riding]:
        """Return every riding that covers a WGS 84 point, lowest FED number first: two or more on a border."""
        if not (math.isfinite(longitude) and math.isfinite(latitude)):
            return []
        # The tree narrows by bounding box; the prepared shape decides. `intersects` of a point is `covers`.
        # One thread at a time: several in GEOS at once, though everything is built, were seen to spoil the heap.
        with self._one_at_a_time:
            near = np.sort(self.tree.query(shapely.Point(longitude, latitude)))
            inside = shapely.intersects_xy(self.shapes[near], longitude, latitude)
        return [self.ridings[position] for position in near[inside]]


class IndexHolder:
    """Keeps the index of the live boundary set and replaces it when the shapes change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: RidingIndex | None = None
        self._checked_at = -math.inf

    def live(self) -> RidingIndex | None:
        """Return the index of the live boundary set, or None if its shapes are not loaded."""
        if time.monotonic() - self._checked_at < SECONDS_BETWEEN_CHECKS:
            return self._index
        with self._lock:
            if time.monotonic() - self._checked_at >= SECONDS_BETWEEN_CHECKS:
                self._refresh_if_possible()
                self._checked_at = time.monotonic()
        return self._index

    def check_again(self) -> None:
        """Ask the database at the next look-up, whenever the last time was."""
        self._checked_at = -math.inf

    def forget(self) -> None:
        """Drop everything; for tests, whose databases hold different shapes of the same version."""
        self._index = None
        self.check_again()

    def _refresh_if_possible(self) -> None:
        """Refresh; while the database is away, go on answering from the shapes at hand."""
        try:
            self._refresh()
        except DatabaseError:
            if self._index is None:
                raise
            logger.warning("the database does not answer: look-ups go on with %s", self._index.version)

    def _refresh(self) -> None:
        boundary_set = (
            BoundarySet.objects.filter(status=BoundaryStatus.LIVE).exclude(shapes_version="").first()
        )
        if boundary_set is None:
            self._index = None
            return
        version = f"{boundary_set.code}:{boundary_set.shapes_version}"
        ridings = ridings_with_shapes(boundary_set)
        if self._index and self._index.version == version:
            # An organizer may have corrected a name: the shapes stay, the rows are read again.
            self._index = replace(self._index, ridings=ridings)
            return
        self._index = RidingIndex.build(version, ridings, shapes_of(boundary_set))
        logger.info("loaded the shapes of %s", version)


def ridings_with_shapes(boundary_set: BoundarySet) -> list[Riding]:
    """Return the ridings of a set that have a shape, by FED number, their set along with them."""
    ridings = Riding.objects.filter(boundary_set=boundary_set, boundary__isnull=False)
    return list(ridings.select_related("boundary_set").order_by("number"))


def shapes_of(boundary_set: BoundarySet) -> list[shapely.Geometry]:
    """Read all shapes of a set from the database, in the order of FED numbers."""
    rows = RidingBoundary.objects.filter(riding__boundary_set=boundary_set).order_by("riding__number")
    return [shapely.from_wkb(bytes(wkb)) for wkb in rows.values_list("wkb", flat=True)]


holder = IndexHolder()
