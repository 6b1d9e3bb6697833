"""Points to try on the look-up, and the plainest way to answer them."""

from typing import Any

import numpy as np
import shapely

from ridings.index import RidingIndex

METRE_IN_DEGREES = 1 / 111_000


def points_to_try(index: RidingIndex, count: int) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Return (longitude, latitude) rows over Canada: a third anywhere, a third on borders, a third within 1 m of one."""
    random = np.random.default_rng(45)
    west, south, east, north = shapely.total_bounds(index.shapes)
    anywhere = random.uniform((west, south), (east, north), (count // 3, 2))
    vertices = shapely.get_coordinates(index.shapes)
    on_border = random.choice(vertices, count // 3)
    near_border = random.choice(vertices, count - 2 * (count // 3))
    near_border = near_border + random.uniform(-METRE_IN_DEGREES, METRE_IN_DEGREES, near_border.shape)
    return np.concatenate([anywhere, on_border, near_border])


def plain_scan(index: RidingIndex, points: "np.ndarray[Any, np.dtype[np.float64]]") -> dict[int, list[int]]:
    """Return {row: FED numbers} by asking every polygon about every point, without a tree."""
    scanned: dict[int, list[int]] = {}
    for riding, shape in zip(index.ridings, index.shapes, strict=True):
        for row in np.flatnonzero(shapely.intersects_xy(shape, points[:, 0], points[:, 1])):
            scanned.setdefault(int(row), []).append(riding.number)
    return scanned
