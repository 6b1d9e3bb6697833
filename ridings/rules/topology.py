"""TopoJSON: shapes as arcs, where a border between two ridings is written once.

Source: "The TopoJSON Format Specification", github.com/topojson/topojson-specification, read 2026-11-23.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[int, int]
Ring = list[Point]

OBJECT_NAME = "ridings"


class Arcs:
    """The arcs of a topology: each stretch of border once, whichever way it was met first."""

    def __init__(self, rings: Sequence[Ring]) -> None:
        """Find the junctions: points where three or more borders meet."""
        neighbours: dict[Point, set[Point]] = {}
        for ring in rings:
            for before, point, after in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
                neighbours.setdefault(point, set()).update((before, after))
        self._junctions = {point for point, touching in neighbours.items() if len(touching) != 2}  # noqa: PLR2004
        self._index: dict[tuple[Point, ...], int] = {}

    def cut(self, ring: Ring) -> list[int]:
        """Return the arcs that make up the ring; `~i` is arc i walked backwards."""
        cuts = [i for i, point in enumerate(ring) if point in self._junctions]
        # A ring without junctions begins at its smallest point, so that an enclave and its hole are one arc.
        start = cuts[0] if cuts else ring.index(min(ring))
        closed = [*ring[start:], *ring[:start], ring[start]]
        ends = [i - start for i in cuts] or [0]
        ends.append(len(ring))
        return [self._put(tuple(closed[a : b + 1])) for a, b in pairwise(ends)]

    def _put(self, arc: tuple[Point, ...]) -> int:
        backwards = arc[::-1]
        if backwards in self._index and backwards != arc:
            return ~self._index[backwards]
        return self._index.setdefault(arc, len(self._index))

    def as_deltas(self) -> list[list[list[int]]]:
        """Return every arc as its first point followed by the step to each next one."""
        return [
            [list(arc[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))] for arc in self._index
        ]


def _ring(line: BaseGeometry) -> Ring:
    points: Ring = [(int(x), int(y)) for x, y in shapely.get_coordinates(line)]
    kept = [point for before, point in zip([None, *points[:-1]], points, strict=True) if point != before]
    return kept[:-1]


def encode_topology(
    shapes: "NDArray[np.object_]", numbers: Sequence[int], *, scale: list[float], translate: list[float]
) -> dict[str, Any]:
    """Return polygons on a grid of whole numbers as a TopoJSON topology.

    Args:
        shapes: valid coverage; every coordinate is a whole number of grid cells.
        numbers: FED number of each shape; becomes the geometry's id, as text.
        scale: degrees per grid cell, in x and y.
        translate: degrees of the grid's origin, in x and y.
    """
    polygons = [
        [[_ring(r) for r in (p.exterior, *p.interiors)] for p in shapely.get_parts(s)] for s in shapes
    ]
    arcs = Arcs([ring for shape in polygons for polygon in shape for ring in polygon])
    geometries = []
    for number, shape in zip(numbers, polygons, strict=True):
        pieces = [[arcs.cut(ring) for ring in polygon] for polygon in shape]
        kind, body = ("Polygon", pieces[0]) if len(pieces) == 1 else ("MultiPolygon", pieces)
        geometries.append({"type": kind, "id": str(number), "arcs": body})
    return {
        "type": "Topology",
        "transform": {"scale": scale, "translate": translate},
        "objects": {OBJECT_NAME: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs.as_deltas(),
    }


def decode_topology(topology: Mapping[str, Any], *, on_grid: bool = False) -> dict[str, BaseGeometry]:
    """Return {id: shape} of a topology, in degrees or, `on_grid`, in whole grid cells (exact)."""
    scale, translate = (topology["transform"][key] for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) for arc in topology["arcs"]]
    if not on_grid:
        arcs = [arc * scale + translate for arc in arcs]

    def ring(indices: Sequence[int]) -> "NDArray[np.float64]":
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])]).astype(float)

    def polygon(rings: Sequence[Sequence[int]]) -> shapely.Polygon:
        shell, *holes = (ring(indices) for indices in rings)
        return shapely.Polygon(shell, holes)

    return {
        shape["id"]: polygon(shape["arcs"])
        if shape["type"] == "Polygon"
        else shapely.MultiPolygon([polygon(rings) for rings in shape["arcs"]])
        for shape in topology["objects"][OBJECT_NAME]["geometries"]
    }
