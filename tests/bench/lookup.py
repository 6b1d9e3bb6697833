"""Point look-up in process, against a plain scan of every polygon."""

import statistics
import time
from collections.abc import Iterator

import numpy as np
import shapely

from ridings.index import RidingIndex, holder
from tests.points import plain_scan, points_to_try

POINTS = 120_000
TIMED = 20_000


def measure() -> Iterator[tuple[str, float, str]]:
    """Time look-ups at full resolution and count the answers a plain scan confirms."""
    begun = time.perf_counter()
    index = holder.live()
    assert isinstance(index, RidingIndex)
    yield "load_index", time.perf_counter() - begun, "s"
    points = points_to_try(index, POINTS)
    timed = np.random.default_rng(7).permutation(points)[:TIMED]
    for longitude, latitude in timed[:2000]:
        index.covering(longitude, latitude)
    times = []
    for longitude, latitude in timed:
        begun = time.perf_counter()
        index.covering(longitude, latitude)
        times.append(time.perf_counter() - begun)
    yield "point_median", statistics.median(times) * 1e6, "µs"
    yield "point_p99", float(np.percentile(times, 99)) * 1e6, "µs"
    scanned = plain_scan(index, points)
    right = sum(
        [riding.number for riding in index.covering(*point)] == scanned.get(row, [])
        for row, point in enumerate(points)
    )
    yield "points_tried", len(points), "points"
    yield "agrees_with_plain_scan", right / len(points), "ratio"
    yield "vertices", float(shapely.get_num_coordinates(index.shapes).sum()), "vertices"
