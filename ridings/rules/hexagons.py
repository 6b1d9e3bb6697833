"""Hexagons in rows: odd rows are shifted right by half a cell ("odd-r"); row 0 is the northernmost."""

from collections.abc import Hashable, Mapping
from math import sqrt

Cell = tuple[int, int]

ROW_HEIGHT = sqrt(3) / 2


def around(cell: Cell) -> list[Cell]:
    """Return the six (column, row) cells that touch a cell."""
    column, row = cell
    shift = row % 2
    beside = [(column - 1, row), (column + 1, row)]
    return beside + [(column + side + shift, row + step) for step in (-1, 1) for side in (-1, 0)]


def pieces(owner_of: Mapping[Cell, Hashable]) -> list[set[Cell]]:
    """Return the connected pieces of equal owner, the largest first."""
    left, found = dict.fromkeys(owner_of), []
    while left:
        start = next(iter(left))
        piece, waiting = {start}, [start]
        while waiting:
            cell = waiting.pop()
            fresh = [c for c in around(cell) if owner_of.get(c) == owner_of[cell] and c not in piece]
            piece.update(fresh)
            waiting += fresh
        for cell in piece:
            del left[cell]
        found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))
