"""Outlines of shapes for organizers, drawn without a map library: drafts can be looked at too."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

import shapely

from ridings.models import BoundarySet, Riding, RidingBoundary

# Detail of a preview: a part of its own extent.
DETAIL = 1 / 600
CANADA_DETAIL_DEGREES = 0.08


@dataclass(frozen=True)
class Outline:
    """An SVG path and the box that holds it; units are degrees of latitude, north up."""

    path: str
    view_box: str


def outline_of_riding(riding: Riding) -> Outline | None:
    """Return the outline of a riding, or None if its shape is not loaded."""
    boundary = RidingBoundary.objects.filter(riding=riding).first()
    if boundary is None:
        return None
    extent = max(boundary.east - boundary.west, boundary.north - boundary.south)
    return _outline([_light(boundary, extent * DETAIL)], (boundary.south + boundary.north) / 2)


def outline_of_set(boundary_set: BoundarySet) -> Outline | None:
    """Return the outlines of all ridings of a set, or None if its shapes are not loaded."""
    boundaries = RidingBoundary.objects.filter(riding__boundary_set=boundary_set).order_by("riding__number")
    shapes = [_light(boundary, CANADA_DETAIL_DEGREES) for boundary in boundaries]
    return _outline(shapes, 60.0) if shapes else None


def _light(boundary: RidingBoundary, tolerance: float) -> shapely.Geometry:
    return shapely.simplify(shapely.from_wkb(bytes(boundary.wkb)), tolerance)


def _outline(shapes: Iterable[shapely.Geometry], latitude: float) -> Outline:
    # One degree of longitude is shorter than one of latitude: squeeze, so that shapes look as on the ground.
    squeeze = cos(radians(latitude))
    flat = shapely.transform(list(shapes), lambda xy: xy * [squeeze, -1.0])
    west, north, east, south = shapely.total_bounds(flat)
    rings = [ring for shape in flat for part in shapely.get_parts(shape) for ring in shapely.get_rings(part)]
    path = "".join(_ring_path(ring) for ring in rings)
    margin = 0.02 * max(east - west, south - north)
    box = (west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin)
    return Outline(path, " ".join(f"{value:.5g}" for value in box))


def _ring_path(ring: shapely.Geometry) -> str:
    points = "L".join(f"{x:.4f} {y:.4f}" for x, y in shapely.get_coordinates(ring))
    return f"M{points}Z"
