"""In which order the doors of a turf are walked. Pure.

First the way people walk: a side of a street up, the other down, or from side to side where the street is narrow; then
street after street by the nearest end. The same is improved without regard to streets (2-opt and Or-opt); the walk by
streets is kept unless that saves more than a tenth. See docs/algorithms/turfs.md.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from volunteers.rules.ground import Address, Points, flat, in_building, length_m
from volunteers.rules.shortening import shortened
from volunteers.rules.turf_cutting import GAP_M

# How much longer than the shortest walk found may one be that leaves no street half done.
STREETS_WORTH = 1.1

Stretch = list[int]


def walk_order(addresses: Sequence[Address]) -> list[int]:
    """Return the keys in the order of the walk: every one once, the units of a building after each other.

    The answer does not depend on the order in which addresses come.
    """
    doors = sorted(addresses, key=lambda one: (one.street, *in_building(one)))
    if not doors:
        return []
    buildings = _buildings(doors)
    stops = [doors[rows[0]] for rows in buildings]
    points = flat(doors)[[rows[0] for rows in buildings]]
    by_streets = _by_streets(stops, points)
    # Two beginnings: what one cannot untangle, the other seldom holds.
    begun = (by_streets, _nearest_first(points))
    shortest = min((shortened(walk, points) for walk in begun), key=lambda walk: length_m(points[walk]))
    keeps_streets = length_m(points[by_streets]) <= STREETS_WORTH * length_m(points[shortest])
    walk = by_streets if keeps_streets else shortest
    return [doors[row].key for stop in walk for row in buildings[stop]]


def _buildings(doors: Sequence[Address]) -> list[list[int]]:
    """Return the rows of every building; one whose units do not share a point is several."""
    rows = sorted(range(len(doors)), key=lambda row: (_spot(doors[row]), row))
    return [list(group) for _spot_of, group in groupby(rows, key=lambda row: _spot(doors[row]))]


def _spot(door: Address) -> tuple[str, int, str, float, float]:
    return (*door.building, door.longitude, door.latitude)


def _by_streets(stops: Sequence[Address], points: Points) -> list[int]:
    stretches = [
        stretch
        for _street, rows in groupby(range(len(stops)), key=lambda row: stops[row].street)
        for stretch in _stretches(list(rows), stops, points)
    ]
    return _joined(stretches, points)


def _stretches(rows: Stretch, stops: Sequence[Address], points: Points) -> list[Stretch]:
    """Return how a street is walked: parts between gaps, each from side to side or as two sides of their own."""
    walks: list[Stretch] = []
    for part in _split_at_gaps(rows, points):
        odd = [row for row in part if stops[row].number % 2]
        even = [row for row in part if not stops[row].number % 2]
        sides = [side for side in (odd, even) if side]
        up_and_down = sum(length_m(points[side]) for side in sides) + _across(odd, even, points)
        if length_m(points[part]) <= up_and_down:
            walks.append(part)
        else:
            # Two sides are two stretches: a canvasser may come back along the other one later.
            walks.extend(piece for side in sides for piece in _split_at_gaps(side, points))
    return walks


def _across(odd: Stretch, even: Stretch, points: Points) -> float:
    if not (odd and even):
        return 0.0
    return min(float(np.hypot(*(points[odd[end]] - points[even[end]]))) for end in (0, -1))


def _split_at_gaps(rows: Stretch, points: Points) -> list[Stretch]:
    parts: list[Stretch] = [[]]
    for row in rows:
        if parts[-1] and np.hypot(*(points[row] - points[parts[-1][-1]])) > GAP_M:
            parts.append([])
        parts[-1].append(row)
    return parts


def _nearest_first(points: Points) -> list[int]:
    order = [0]
    left = np.arange(len(points)) > 0
    while left.any():
        away = np.where(left, np.hypot(*(points - points[order[-1]]).T), np.inf)
        order.append(int(away.argmin()))
        left[order[-1]] = False
    return order


def _joined(stretches: list[Stretch], points: Points) -> list[int]:
    """Chain stretches by the nearest end, then turn runs of them round as long as that shortens the walk."""
    ends = np.array([(points[stretch[0]], points[stretch[-1]]) for stretch in stretches])
    left = set(range(1, len(stretches)))
    chain = [(0, False)]
    while left:
        number, is_turned = chain[-1]
        here = ends[number][0 if is_turned else 1]
        choices = np.array(sorted(left))
        away = np.hypot(*(ends[choices] - here).transpose(2, 0, 1))
        nearest, end = divmod(int(away.argmin()), 2)
        chain.append((int(choices[nearest]), bool(end)))
        left.discard(int(choices[nearest]))
    turned = _untangled(chain, ends)
    return [
        row
        for number, is_turned in turned
        for row in (reversed(stretches[number]) if is_turned else stretches[number])
    ]


def _untangled(chain: list[tuple[int, bool]], ends: Points) -> list[tuple[int, bool]]:
    """2-opt over whole stretches: their insides stay as they are, walked the other way round."""
    is_better = True
    while is_better:
        is_better = False
        for first in range(len(chain)):
            enter, leave = _doors_of(chain, ends)
            saved = _saved_by_turning(first, enter, leave)
            last = int(saved.argmax())
            if saved[last] > 1e-6:  # noqa: PLR2004 — a thousandth of a millimetre: nothing but rounding
                run = [(number, not is_turned) for number, is_turned in chain[first : first + last + 1]]
                chain = chain[:first] + run[::-1] + chain[first + last + 1 :]
                is_better = True
    return chain


def _doors_of(chain: list[tuple[int, bool]], ends: Points) -> tuple[Points, Points]:
    numbers = [number for number, _is_turned in chain]
    turned = np.array([is_turned for _number, is_turned in chain])
    starts, stops = ends[numbers, 0], ends[numbers, 1]
    return np.where(turned[:, None], stops, starts), np.where(turned[:, None], starts, stops)


def _saved_by_turning(first: int, enter: Points, leave: Points) -> Points:
    """Return the metres saved by turning the run from `first` to each later stretch; the walk's ends are free."""
    after = np.vstack([enter[first + 1 :], leave[-1:]])
    old_after = np.hypot(*(after - leave[first:]).T)
    new_after = np.hypot(*(after - enter[first]).T)
    old_after[-1] = new_after[-1] = 0.0
    if first == 0:
        return np.asarray(old_after - new_after)
    before = leave[first - 1]
    old_before = np.hypot(*(enter[first] - before))
    new_before = np.hypot(*(leave[first:] - before).T)
    return np.asarray(old_before + old_after - new_before - new_after)
