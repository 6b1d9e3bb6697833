"""A good walk to measure against: nearest neighbour, then the best 2-opt and Or-opt moves until there is none.

Written without a look at `volunteers.rules.shortening`: whole matrices instead of neighbour lists.
"""

import numpy as np

from volunteers.rules.ground import Points, length_m

LEAST = 1e-7


def good_walk(points: Points) -> list[int]:
    """Return an open walk that no turning and no moving of up to three stops shortens."""
    away = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    order = _nearest_first(away)
    while True:
        shorter = _moved(_turned(order, away), away)
        if length_m(points[shorter]) >= length_m(points[order]) - LEAST:
            return order
        order = shorter


def _nearest_first(away: Points) -> list[int]:
    order, left = [0], set(range(1, len(away)))
    while left:
        choices = sorted(left)
        order.append(choices[int(away[order[-1], choices].argmin())])
        left.discard(order[-1])
    return order


def _turned(order: list[int], away: Points) -> list[int]:
    """Make 2-opt moves on a ring with a stop at no distance from any: that makes the walk open."""
    size = len(order)
    ring = [*order, size]
    wide = np.zeros((size + 1, size + 1))
    wide[:size, :size] = away
    is_better = True
    while is_better:
        is_better = False
        for first in range(size):
            here, after = ring[first], ring[first + 1]
            rest = np.array(ring[first + 1 :])
            beyond = np.array([*ring[first + 2 :], ring[0]])
            saved = wide[here, after] + wide[rest, beyond] - wide[here, rest] - wide[after, beyond]
            best = int(saved.argmax())
            if saved[best] > LEAST:
                ring[first + 1 : first + 2 + best] = ring[first + 1 : first + 2 + best][::-1]
                is_better = True
    middle = ring.index(size)
    return ring[middle + 1 :] + ring[:middle]


def _moved(order: list[int], away: Points) -> list[int]:
    is_better = True
    while is_better:
        is_better = False
        for length in (1, 2, 3):
            for start in range(len(order) - length + 1):
                tried = _best_place(order, start, length, away)
                if tried is not None:
                    order, is_better = tried, True
    return order


def _best_place(order: list[int], start: int, length: int, away: Points) -> list[int] | None:
    run, rest = order[start : start + length], order[:start] + order[start + length :]
    if not rest:
        return None
    before = np.array(
        [away[rest[i - 1], rest[i]] if 0 < i < len(rest) else 0.0 for i in range(len(rest) + 1)]
    )
    costs = []
    for one in (run, run[::-1]):
        left = np.array([0.0, *away[rest, one[0]]])
        right = np.array([*away[rest, one[-1]], 0.0])
        costs.append(left + right - before)
    now = costs[0][start]
    best = int(np.argmin(np.minimum(*costs)))
    turned = int(costs[1][best] < costs[0][best])
    if costs[turned][best] >= now - LEAST:
        return None
    return rest[:best] + (run[::-1] if turned else run) + rest[best:]
