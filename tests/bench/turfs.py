"""Cutting and walking two thousand addresses, against a good walk over the same points."""

import time
from collections.abc import Iterator

import numpy as np

from tests.volunteers.rules import grounds
from tests.volunteers.rules.good_tour import good_walk
from volunteers.rules.ground import flat, length_m
from volunteers.rules.turf_cutting import cut
from volunteers.rules.walk_order import walk_order

ADDRESSES, SIZE = 2000, 50


def measure() -> Iterator[tuple[str, float, str]]:
    """Cut a town, order every turf, and compare each walk with 2-opt and Or-opt from the nearest neighbour."""
    addresses = grounds.town(ADDRESSES)
    row = {address.key: place for place, address in enumerate(addresses)}
    points = flat(addresses)
    begun = time.perf_counter()
    turfs = cut(addresses, SIZE)
    walks = [walk_order([addresses[row[key]] for key in turf]) for turf in turfs]
    yield "cut_and_order", time.perf_counter() - begun, "s"
    begun = time.perf_counter()
    whole = walk_order(addresses)
    yield "order_as_one", time.perf_counter() - begun, "s"
    lengths = [(length_m(points[[row[key] for key in walk]]), _good(points, walk, row)) for walk in walks]
    yield "longest_walk_to_good_one", max(walk / good for walk, good in lengths), "ratio"
    yield "all_walks_to_good_ones", sum(walk for walk, _good in lengths) / sum(good for _, good in lengths), "ratio"  # fmt: skip
    yield "as_one_to_good_one", length_m(points[[row[key] for key in whole]]) / _good(points, whole, row), "ratio"  # fmt: skip
    yield "smallest_turf", min(map(len, turfs)), "doors"
    yield "largest_turf", max(map(len, turfs)), "doors"


def _good(points: "np.ndarray", keys: list[int], row: dict[int, int]) -> float:
    spots = np.unique(points[[row[key] for key in keys]], axis=0)
    return length_m(spots[good_walk(spots)])
