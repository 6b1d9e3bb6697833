"""Equal-area cartogram: every riding is one hexagon, because land does not vote.

Hexagons lie in rows; row 0 is the northernmost, and odd rows are shifted right by half a cell ("odd-r").
The ridings are spread out until each has the room of one cell, held together by their true neighbours; each
takes the nearest free cell; then ridings change places while that brings neighbours closer; last, pieces cut off
from their province go back to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import KDTree

from ridings.rules.hexagons import ROW_HEIGHT, around, pieces

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Cell = tuple[int, int]

STEPS_OF_SPREADING = 600
# Canada's populated belt is long and thin: drawn this many cells wide, its north squeezed.
WIDTH_IN_CELLS = 34.0
NORTH_SQUEEZE = 0.7
MARGIN_IN_CELLS = 3
PASSES_OF_SWAPS = 40
# How much a riding minds leaving the spot where spreading put it, against being away from a neighbour.
WEIGHT_OF_PLACE = 0.03
# Rounding noise is no gain.
SMALLEST_GAIN = 1e-6
# Ridings of one province hold together even across water.
WEIGHT_OF_PROVINCE = 0.8
NEAREST_OF_PROVINCE = 3
# Ridings north of this latitude (the territories) stand in a row of their own above the rest.
FAR_NORTH_DEGREES = 60.0


@dataclass(frozen=True)
class Bonds:
    """Pairs of ridings that should be near each other, (m, 2) indices, and how strongly, (m,)."""

    pairs: Whole
    weights: Floats

    def of_each(self, count: int) -> list[tuple[Whole, Floats]]:
        """Return for each of `count` ridings its partners and the weights."""
        ends = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        weights = np.concatenate([self.weights, self.weights])
        return [(ends[ends[:, 0] == i, 1], weights[ends[:, 0] == i]) for i in range(count)]


def bonds_between(points: Floats, borders: Whole, provinces: Sequence[str]) -> Bonds:
    """Return the bonds: a shared border, and more weakly the nearest ridings of the same province."""
    of_province = np.array(provinces)
    weights = {(int(a), int(b)): 1.0 for a, b in np.sort(borders, axis=1)}
    for i, point in enumerate(points):
        distances = np.linalg.norm(points - point, axis=1)
        distances[(of_province != of_province[i]) | (np.arange(len(points)) == i)] = np.inf
        for j in np.argsort(distances, kind="stable")[:NEAREST_OF_PROVINCE]:
            if np.isfinite(distances[j]):
                weights.setdefault((min(i, int(j)), max(i, int(j))), WEIGHT_OF_PROVINCE)
    pairs = sorted(weights)
    return Bonds(np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array([weights[pair] for pair in pairs]))


def spread(points: Floats, bonds: Bonds) -> Floats:
    """Return the (n, 2) points, in cells, moved apart until none is nearer than one cell to another."""
    places = points.copy()
    for step in range(STEPS_OF_SPREADING):
        size = min(1.0, 0.15 + 1.1 * step / STEPS_OF_SPREADING)
        places += _pull(places, bonds, size) + _push(places, size) + 0.002 * (points - places)
    return places


def _pull(places: Floats, bonds: Bonds, size: float) -> Floats:
    gap = places[bonds.pairs[:, 1]] - places[bonds.pairs[:, 0]]
    length = np.linalg.norm(gap, axis=1, keepdims=True) + 1e-9
    force = 0.04 * bonds.weights[:, None] * gap * np.clip(length - size, 0, 4.0) / length
    moved = np.zeros_like(places)
    np.add.at(moved, bonds.pairs[:, 0], force)
    np.add.at(moved, bonds.pairs[:, 1], -force)
    return moved


def _push(places: Floats, size: float) -> Floats:
    close = KDTree(places).query_pairs(size, output_type="ndarray")
    close = close[np.lexsort((close[:, 1], close[:, 0]))]
    gap = places[close[:, 0]] - places[close[:, 1]]
    length = np.linalg.norm(gap, axis=1, keepdims=True) + 1e-9
    force = 0.35 * gap / length * (size - length)
    moved = np.zeros_like(places)
    np.add.at(moved, close[:, 0], force)
    np.add.at(moved, close[:, 1], -force)
    return moved


def centre_of(cells: Whole) -> Floats:
    """Return the centres of (column, row) cells, x to the right and y downwards, in cell widths."""
    return np.column_stack([cells[:, 0] + 0.5 * (cells[:, 1] % 2), cells[:, 1] * ROW_HEIGHT])


def cells_around(places: Floats) -> Whole:
    """Return every (column, row) cell near one of the places."""
    low, high = places.min(axis=0) - MARGIN_IN_CELLS, places.max(axis=0) + MARGIN_IN_CELLS
    rows = range(int(np.floor(low[1] / ROW_HEIGHT)), int(np.ceil(high[1] / ROW_HEIGHT)) + 1)
    columns = range(int(np.floor(low[0])), int(np.ceil(high[0])) + 1)
    cells = np.array([(column, row) for row in rows for column in columns], dtype=np.int64)
    nearest, _ = KDTree(places).query(centre_of(cells))
    return np.asarray(cells[nearest < MARGIN_IN_CELLS])


def assign(places: Floats, centres: Floats) -> Whole:
    """Return for each place the index of its own cell, such that the sum of squared distances is least."""
    _, chosen = linear_sum_assignment(((places[:, None] - centres[None]) ** 2).sum(axis=2))
    return np.asarray(chosen, dtype=np.int64)


class Board:
    """Ridings on their cells, changing places."""

    def __init__(self, chosen: Whole, places: Floats, centres: Floats, bonds: Bonds) -> None:
        """Set the ridings on the cells with these indices."""
        self.chosen = chosen.copy()
        self._places, self._centres = places, centres
        self._partners = bonds.of_each(len(places))
        # -1 is a free cell.
        self._holder = np.full(len(centres), -1, dtype=np.int64)
        self._holder[chosen] = np.arange(len(places))
        self._strains = np.array([self._strain(riding) for riding in range(len(places))])

    def _strain(self, riding: int) -> Floats:
        """Return how badly each cell would suit the riding as the others stand now."""
        others, weights = self._partners[riding]
        away = np.linalg.norm(self._centres[:, None] - self._centres[self.chosen[others]][None], axis=2)
        moved = ((self._centres - self._places[riding]) ** 2).sum(axis=1)
        apart = (np.clip(away - 1, 0, None) ** 1.5 * weights).sum(axis=1)
        return np.asarray(apart + WEIGHT_OF_PLACE * moved)

    def improve_once(self, riding: int) -> bool:
        """Move the riding where most is gained, changing places with who is there; say if it moved."""
        own = self.chosen[riding]
        gain = self._strains[riding] - self._strains[riding, own]
        held = np.flatnonzero(self._holder >= 0)
        gain[held] += self._strains[self._holder[held], own] - self._strains[self._holder[held], held]
        target = int(np.argmin(gain))
        if gain[target] >= -SMALLEST_GAIN:
            return False
        self.swap(int(own), target)
        return True

    def gain_of(self, own: int, target: int) -> float:
        """Return how much strain it costs that the holder of a cell goes to another, as things stand."""
        riding, other = self._holder[own], self._holder[target]
        back = self._strains[other, own] - self._strains[other, target] if other >= 0 else 0.0
        return float(self._strains[riding, target] - self._strains[riding, own] + back)

    def swap(self, own: int, target: int) -> None:
        """Let the holder of one cell change places with the holder, if any, of another."""
        riding, other = int(self._holder[own]), int(self._holder[target])
        self.chosen[riding], self._holder[target], self._holder[own] = target, riding, other
        touched = {riding, *self._partners[riding][0].tolist()}
        if other >= 0:
            self.chosen[other] = own
            touched |= {other, *self._partners[other][0].tolist()}
        for one in sorted(touched):
            self._strains[one] = self._strain(one)


def improve(board: Board) -> None:
    """Let ridings change places, or move to a free cell, while that helps."""
    for _ in range(PASSES_OF_SWAPS):
        moved = [board.improve_once(riding) for riding in range(len(board.chosen))]
        if not any(moved):
            break


def knit(board: Board, cells: Whole, provinces: Sequence[str]) -> None:
    """Bring ridings that are cut off from their province back beside the rest of it, wherever that is possible."""
    grid = [(int(column), int(row)) for column, row in cells]
    index = {cell: i for i, cell in enumerate(grid)}
    for _ in range(len(provinces)):
        owner = {grid[target]: provinces[riding] for riding, target in enumerate(board.chosen)}
        parts = pieces(owner)
        main: dict[str, set[Cell]] = {}
        strays = [
            cell for part in parts if main.setdefault(owner[min(part)], part) is not part for cell in part
        ]
        moves = [
            (index[stray], index[near])
            for stray in strays
            for near in {c for inner in main[owner[stray]] for c in around(inner) if c in index}
            if owner.get(near) != owner[stray] and _fewer_pieces(owner, stray, near, len(parts))
        ]
        if not moves:
            break
        board.swap(*min(moves, key=lambda move: (board.gain_of(*move), move)))


def _fewer_pieces(owner: dict[Cell, str], stray: Cell, near: Cell, count: int) -> bool:
    """Say whether there are fewer pieces once two cells changed their owners."""
    after = {**owner, near: owner[stray]}
    if near in owner:
        after[stray] = owner[near]
    else:
        del after[stray]
    return len(pieces(after)) < count


def lay_out(points: Floats, borders: Whole, provinces: Sequence[str], far_north: Sequence[bool]) -> Whole:
    """Return the (column, row) cell of each riding; no two share one, columns and rows begin at 0.

    Args:
        points: (n, 2) a point inside each riding in Lambert metres, x east and y north.
        borders: (m, 2) indices of ridings that share a border.
        provinces: province of each riding.
        far_north: whether a riding belongs to the row above all others.
    """
    north = np.array(far_north, dtype=bool)
    cells = np.zeros((len(points), 2), dtype=np.int64)
    place = np.cumsum(~north) - 1
    inner = place[borders[~north[borders].any(axis=1)]].reshape(-1, 2)
    south = points[~north]
    if len(south):
        cells[~north] = _lay_out_belt(
            south, inner, [p for p, is_far in zip(provinces, north, strict=True) if not is_far]
        )
    if north.any():
        cells[north] = _row_above(cells[~north], points[north], points)
    return _from_zero(cells)


def _lay_out_belt(points: Floats, borders: Whole, provinces: Sequence[str]) -> Whole:
    width = max(float(np.ptp(points[:, 0])), 1.0)
    scaled = np.column_stack([points[:, 0], -points[:, 1] * NORTH_SQUEEZE]) * (WIDTH_IN_CELLS / width)
    bonds = bonds_between(scaled, borders, provinces)
    places = spread(scaled - scaled.min(axis=0), bonds)
    cells = cells_around(places)
    centres = centre_of(cells)
    board = Board(assign(places, centres), places, centres, bonds)
    improve(board)
    knit(board, cells, provinces)
    return np.asarray(cells[board.chosen])


def _row_above(belt: Whole, points: Floats, everyone: Floats) -> Whole:
    """Return cells two rows above the belt, spaced as the points lie between west and east."""
    top = int(belt[:, 1].min()) - 2 if len(belt) else 0
    left, right = (int(belt[:, 0].min()), int(belt[:, 0].max())) if len(belt) else (0, len(points))
    west, width = float(everyone[:, 0].min()), max(float(np.ptp(everyone[:, 0])), 1.0)
    columns: list[int] = []
    for x in sorted(points[:, 0]):
        column = left + round((x - west) / width * (right - left))
        columns.append(max(column, columns[-1] + 1) if columns else column)
    ordered = np.empty(len(points), dtype=np.int64)
    ordered[np.argsort(points[:, 0], kind="stable")] = columns
    return np.column_stack([ordered, np.full(len(points), top)])


def _from_zero(cells: Whole) -> Whole:
    # Rows may only move by an even number, else the shifted rows would change places.
    lowest = int(cells[:, 1].min())
    return np.asarray(cells - [int(cells[:, 0].min()), lowest - lowest % 2])
