"""Outlines of turfs: reading what was drawn, drawing one around doors. Pure; WGS 84 longitude/latitude throughout."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping

from volunteers.enums import OutlineFault
from volunteers.rules.ground import EARTH_RADIUS_M

MOST_CORNERS = 300
LONGEST_TEXT = 40_000
LEAST_AREA_M2 = 100.0
# An outline that is computed keeps this far from its doors.
MARGIN_M = 15.0
LEAST_CORNERS = 3
# A ten-millionth of a degree is a centimetre.
DIGITS = 7


class BadOutline(ValueError):
    """What was drawn is no outline of a turf; `fault` says why."""

    def __init__(self, fault: OutlineFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_outline(text: str) -> shapely.Polygon:
    """Read a GeoJSON Polygon of one ring, closed or not.

    Raises: BadOutline.
    """
    corners = _corners(text)
    if len(corners) > MOST_CORNERS:
        raise BadOutline(OutlineFault.TOO_MANY_CORNERS)
    if len({tuple(corner) for corner in corners}) < LEAST_CORNERS:
        raise BadOutline(OutlineFault.UNREADABLE)
    outline = shapely.Polygon(corners)
    if not outline.is_valid:
        raise BadOutline(OutlineFault.CROSSES_ITSELF)
    if area_m2(outline) < LEAST_AREA_M2:
        raise BadOutline(OutlineFault.TINY)
    return outline


def _corners(text: str) -> list[tuple[float, float]]:
    try:
        drawn: Any = json.loads(text) if len(text) <= LONGEST_TEXT else None
        (ring,) = drawn["coordinates"]
        corners = [(float(longitude), float(latitude)) for longitude, latitude in ring]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise BadOutline(OutlineFault.UNREADABLE) from error
    on_the_globe = all(abs(x) <= 180 and abs(y) < 90 for x, y in corners)  # noqa: PLR2004 — NaN fails too
    if drawn.get("type") != "Polygon" or not on_the_globe:
        raise BadOutline(OutlineFault.UNREADABLE)
    return corners


def area_m2(outline: shapely.Polygon) -> float:
    """Return the area on flat ground."""
    return float(shapely.area(_in_metres(outline, outline.centroid)))


def around(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Return the GeoJSON Polygon that lies around doors, a few metres away from them."""
    doors = shapely.MultiPoint(points)
    middle = doors.centroid
    wide = shapely.buffer(_in_metres(doors, middle).convex_hull, MARGIN_M, quad_segs=2)
    back = np.degrees(1 / EARTH_RADIUS_M) / np.array([math.cos(math.radians(middle.y)), 1.0])
    return as_geojson(shapely.transform(wide, lambda metres: metres * back + (middle.x, middle.y)))


def _in_metres(shape: shapely.Geometry, middle: shapely.Point) -> shapely.Geometry:
    scale = np.radians(1) * EARTH_RADIUS_M * np.array([math.cos(math.radians(middle.y)), 1.0])
    return shapely.transform(shape, lambda degrees: (degrees - (middle.x, middle.y)) * scale)


def as_geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """Return a shape as GeoJSON, rounded to centimetres."""
    rounded = shapely.transform(shape, lambda degrees: np.round(degrees, DIGITS))
    written: dict[str, Any] = json.loads(json.dumps(mapping(rounded)))
    return written


def inside(outline: shapely.Polygon, points: Sequence[tuple[float, float]]) -> list[bool]:
    """Say of every point whether it lies in the outline or on it."""
    if not points:
        return []
    x, y = np.array(points, dtype=float).T
    found: list[bool] = shapely.intersects_xy(outline, x, y).tolist()
    return found
