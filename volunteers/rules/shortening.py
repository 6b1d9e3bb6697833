"""Make a walk shorter by 2-opt and Or-opt, looking at near neighbours only. Pure.

Source: J. L. Bentley, "Fast Algorithms for Geometric Traveling Salesman Problems", ORSA Journal on Computing 4(4), 1992:
neighbour lists and don't-look bits; the walk is open, so its ends are free.
"""

from collections import deque
from math import hypot

from scipy.spatial import KDTree

from volunteers.rules.ground import Points

NEIGHBOURS = 8
LONGEST_SEGMENT = 3
# Metres below which nothing is gained but rounding.
LEAST = 1e-6


def shortened(order: list[int], points: Points) -> list[int]:
    """Return a walk over the same points, never longer; `order` holds every row of `points` once."""
    if len(order) < 4:  # noqa: PLR2004 — with three stops the nearest end is best already, or nearly
        return list(order)
    walk = _Walk(order, points)
    walk.shorten()
    return walk.order


class _Walk:
    """An open walk under improvement; a stop beyond either end is None, at no distance from anything."""

    def __init__(self, order: list[int], points: Points) -> None:
        self.order = list(order)
        self.place = {stop: place for place, stop in enumerate(order)}
        self._points = [(float(x), float(y)) for x, y in points]
        count = min(NEIGHBOURS + 1, len(points))
        _away, near = KDTree(points).query(points, k=count)
        self._near = [[int(other) for other in row if other != stop] for stop, row in enumerate(near)]

    def shorten(self) -> None:
        """Try every stop, and again those next to each change."""
        waiting = deque(self.order)
        is_waiting = set(waiting)
        while waiting:
            stop = waiting.popleft()
            is_waiting.discard(stop)
            touched = self._turn(stop) or self._move(stop)
            for changed in touched:
                if changed is not None and changed not in is_waiting:
                    is_waiting.add(changed)
                    waiting.append(changed)

    def _at(self, place: int) -> int | None:
        return self.order[place] if 0 <= place < len(self.order) else None

    def _between(self, one: int | None, other: int | None) -> float:
        if one is None or other is None:
            return 0.0
        (x, y), (u, v) = self._points[one], self._points[other]
        return hypot(x - u, y - v)

    def _turn(self, stop: int) -> tuple[int | None, ...]:
        """Turn round the run between two stops, so that `stop` comes next to a neighbour; return what changed places."""
        for step in (1, -1):
            follower = self._at(self.place[stop] + step)
            gap = self._between(stop, follower)
            for near in self._near[stop]:
                closer = self._between(stop, near)
                if follower is not None and closer >= gap:
                    break
                after = self._at(self.place[near] + step)
                saved = gap + self._between(near, after) - closer - self._between(follower, after)
                if saved > LEAST and near != follower:
                    self._reverse(stop, near, step)
                    return stop, follower, near, after
        return ()

    def _reverse(self, stop: int, near: int, step: int) -> None:
        first, last = sorted((self.place[stop], self.place[near]))
        start, end = (first + 1, last + 1) if step == 1 else (first, last)
        self._write(start, self.order[start:end][::-1])

    def _move(self, stop: int) -> tuple[int | None, ...]:
        """Move a short run that begins or ends at `stop` next to one of its neighbours."""
        for length in range(1, LONGEST_SEGMENT + 1):
            for start in {self.place[stop], self.place[stop] - length + 1}:
                end = start + length
                if start < 0 or end > len(self.order):
                    continue
                touched = self._move_run(stop, start, end)
                if touched:
                    return touched
        return ()

    def _move_run(self, stop: int, start: int, end: int) -> tuple[int | None, ...]:
        run = self.order[start:end]
        before, after = self._at(start - 1), self._at(end)
        freed = self._between(before, run[0]) + self._between(run[-1], after) - self._between(before, after)
        if freed <= LEAST:
            return ()
        far = run[-1] if run[0] == stop else run[0]
        for near in self._near[stop]:
            closer = self._between(stop, near)
            if closer >= freed:
                break
            if start <= self.place[near] < end:
                continue
            for step in (1, -1):
                beyond = self._at(self.place[near] + step)
                if beyond is not None and start <= self.place[beyond] < end:
                    beyond = after if step == 1 else before
                cost = closer + self._between(far, beyond) - self._between(near, beyond)
                if freed - cost > LEAST:
                    self._place_run(run, start, end, near, step, starts_with_stop=run[0] == stop)
                    return before, after, near, beyond, run[0], run[-1]
        return ()

    def _place_run(
        self, run: list[int], start: int, end: int, near: int, step: int, *, starts_with_stop: bool
    ) -> None:
        # The end of the run that is `stop` lies at `near`: behind it, the run begins with `stop`.
        ordered = run if starts_with_stop == (step == 1) else run[::-1]
        target = self.place[near] + (1 if step == 1 else 0)
        if target <= start:
            self._write(target, ordered + self.order[target:start])
        else:
            self._write(start, self.order[end:target] + ordered)

    def _write(self, start: int, stops: list[int]) -> None:
        self.order[start : start + len(stops)] = stops
        for place, stop in enumerate(stops, start=start):
            self.place[stop] = place
