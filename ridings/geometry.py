"""Shapes: how they are stored, simplified for the map and written as TopoJSON.

Neighbours are simplified together as one coverage, so that their common border stays one line.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from ridings.rules.topology import encode_topology

Shapes = NDArray[np.object_]

# Statistics Canada Lambert, metres: the projection of the official files. Its areas are not true.
LAMBERT = 3347
# Canada Albers equal area, metres: for areas only.
EQUAL_AREA = "ESRI:102001"
WGS84 = 4326

# The first step of a ladder whose document fits the budget is used. A step is the side in metres of the
# square whose area a removed corner may have (see shapely.coverage_simplify).
NATIONAL_STEPS_M = (600.0, 700.0, 850.0, 1000.0, 1400.0, 2000.0, 3000.0)
NATIONAL_BYTES = 60_000
NATIONAL_CELLS = 32_768
PROVINCE_STEPS_M = (50.0, 70.0, 100.0, 150.0, 250.0, 400.0)
PROVINCE_BYTES = 120_000
PROVINCE_CELLS = 65_536
ROUNDS_OF_REPAIR = 6


class CoverageBroken(Exception):
    """Shapes could not be written on a grid without gaps or overlaps."""


@dataclass(frozen=True)
class Document:
    """A geometry document: gzip-compressed TopoJSON, named by the SHA-256 of the uncompressed JSON."""

    digest: str
    body: bytes


def to_wkb(shape: BaseGeometry) -> bytes:
    """Return the shape as little-endian WKB, the form in which the database keeps it."""
    return bytes(shapely.to_wkb(shape, byte_order=1))


def from_wkb(wkb: bytes | memoryview) -> BaseGeometry:
    """Return the shape kept as WKB."""
    shape: BaseGeometry = shapely.from_wkb(bytes(wkb))
    return shape


def projected(shapes: Shapes, source: int | str, target: int | str) -> Shapes:
    """Return the shapes in another projection, each coordinate by itself."""
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return np.asarray(shapely.transform(shapes, move), dtype=np.object_)


def areas_km2(shapes: Shapes) -> NDArray[np.float64]:
    """Return the area of each WGS 84 shape in km²."""
    return np.asarray(shapely.area(projected(shapes, WGS84, EQUAL_AREA)) / 1e6, dtype=float)


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Return only the polygonal parts of a shape, as one (multi)polygon."""
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    parts = shapely.get_parts(shape)
    polygons = [
        polygon for part in parts for polygon in shapely.get_parts(part) if polygon.geom_type == "Polygon"
    ]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def repaired(shapes: Shapes) -> Shapes:
    """Return valid shapes: self-crossing rings untied, lines and points dropped."""
    made_valid = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    return np.array([polygons_of(shape) for shape in made_valid], dtype=np.object_)


def clean_coverage(shapes: Shapes) -> Shapes:
    """Return the WGS 84 shapes in Lambert metres, with slivers between neighbours given to one of them."""
    return np.asarray(shapely.coverage_clean(projected(shapes, WGS84, LAMBERT)), dtype=np.object_)  # type: ignore[attr-defined]


def on_grid(shapes: Shapes, cells: int) -> tuple[Shapes, list[float], list[float]]:
    """Return the shapes on a grid of whole numbers, with its scale and translation.

    Rounding can make a narrow tongue cross itself or its neighbour; such spots are cleaned and rounded again
    until the rounded shapes are a valid coverage.
    Raises: CoverageBroken when several rounds do not reach one.
    """
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    scale = [(east - west) / cells, (north - south) / cells]
    grid = shapely.transform(shapes, lambda points: np.round((points - [west, south]) / scale))
    for _ in range(ROUNDS_OF_REPAIR):
        if shapely.is_valid(grid).all() and shapely.coverage_is_valid(grid):
            return np.asarray(grid, dtype=np.object_), scale, [west, south]
        grid = shapely.transform(shapely.coverage_clean(repaired(grid)), np.round)  # type: ignore[attr-defined]
    raise CoverageBroken(f"shapes stay torn on a grid of {cells} × {cells} cells")


def document_of(body: dict[str, Any]) -> Document:
    """Return the document of a TopoJSON object; the same object always gives the same bytes."""
    text = json.dumps(body, separators=(",", ":")).encode()
    return Document(digest=sha256(text).hexdigest(), body=gzip.compress(text, 9, mtime=0))


def encode(shapes: Shapes, numbers: Sequence[int], cells: int) -> Document:
    """Return WGS 84 shapes as TopoJSON quantised to `cells` steps in each direction.

    Refines the grid where shapes are too fine for it.
    """
    for finer in (cells, 2 * cells, 4 * cells):
        try:
            grid, scale, translate = on_grid(shapes, finer)
        except CoverageBroken:
            continue
        return document_of(encode_topology(grid, numbers, scale=scale, translate=translate))
    raise CoverageBroken("the shapes cannot be written without gaps or overlaps, however fine the grid")


def within_budget(steps: Iterable[float], budget: int, write: Callable[[float], Document]) -> Document:
    """Return the most detailed document that fits the budget of gzip bytes, else the coarsest one."""
    document = None
    for step in steps:
        document = write(step)
        if len(document.body) <= budget:
            break
    if document is None:
        raise ValueError("no step to try")
    return document


def national_document(clean: Shapes, numbers: Sequence[int]) -> Document:
    """Return the whole country in one document.

    Args:
        clean: shapes in Lambert metres, as `clean_coverage` returns them.
        numbers: FED number of each shape.
    """

    def write(step_m: float) -> Document:
        return encode(
            projected(shapely.coverage_simplify(clean, step_m), LAMBERT, WGS84), numbers, NATIONAL_CELLS
        )

    return within_budget(NATIONAL_STEPS_M, NATIONAL_BYTES, write)


def province_documents(
    clean: Shapes, numbers: Sequence[int], provinces: Sequence[str]
) -> dict[str, Document]:
    """Return {province: document} in fine detail; neighbours across a provincial border keep one line.

    Args:
        clean: shapes in Lambert metres, as `clean_coverage` returns them.
        numbers: FED number of each shape.
        provinces: province code of each shape.
    """
    of_province = np.array(provinces)
    simplified: dict[float, Shapes] = {}

    def write(province: str, step_m: float) -> Document:
        if step_m not in simplified:
            simplified[step_m] = projected(shapely.coverage_simplify(clean, step_m), LAMBERT, WGS84)
        inside = of_province == province
        return encode(simplified[step_m][inside], list(np.array(numbers)[inside]), PROVINCE_CELLS)

    return {
        province: within_budget(PROVINCE_STEPS_M, PROVINCE_BYTES, partial(write, province))
        for province in sorted(set(provinces))
    }
