"""Cut the doors of a list into walkable turfs of a wanted size. Pure.

Doors are bundled into buildings, buildings into blocks (one side of a street without a gap), and blocks are parted in
two again and again, each time along the line that leaves the two parts roundest and cuts the fewest streets.
See docs/algorithms/turfs.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import pi

import numpy as np

from volunteers.rules.ground import Address, Points, flat, in_building

LEAST_SIZE, MOST_SIZE = 5, 400
# Houses further apart than this along a street are no longer one block.
GAP_M = 120.0
# A block is at most this part of a turf, so that parting it is seldom needed.
BLOCK_SHARE = 0.2
# A building is only taken apart where it alone is larger than this many turfs.
TOWER_SHARE = 1.25
# How far the sizes of two parts may be off what is wanted before a block is taken apart at its buildings.
TOLERANCE = 0.1
DIRECTIONS = 6
# A street that is cut costs as much as this part of the roundness; see docs/algorithms/turfs.md.
STREET_COST = 0.02


class BadSize(ValueError):
    """Nobody walks a turf of this size."""


@dataclass(frozen=True)
class Piece:
    """What stays together: rows of the addresses, their middle in metres, and the street."""

    rows: tuple[int, ...]
    x: float
    y: float
    street: str


def cut(addresses: Sequence[Address], size: int) -> list[list[int]]:
    """Return turfs as lists of keys: every address in exactly one, neighbouring turfs after each other.

    Args:
        addresses: in any order; the answer does not depend on it.
        size: doors wanted in a turf, between LEAST_SIZE and MOST_SIZE.
    Raises: BadSize.
    """
    if not LEAST_SIZE <= size <= MOST_SIZE:
        raise BadSize(size)
    ordered = sorted(addresses, key=lambda one: (one.street, *in_building(one)))
    if not ordered:
        return []
    points = flat(ordered)
    buildings = _buildings(ordered, points, size)
    turfs = max(1, round(len(ordered) / size))
    parts = _part(_blocks(ordered, buildings, size), buildings, turfs)
    return [[ordered[row].key for row in sorted(part)] for part in parts if part]


def _buildings(ordered: Sequence[Address], points: Points, size: int) -> list[Piece]:
    by_building = sorted(range(len(ordered)), key=lambda row: (ordered[row].building, row))
    return [
        _piece(chunk, points, building[0])
        for building, rows in groupby(by_building, key=lambda row: ordered[row].building)
        for chunk in _chunks(list(rows), size)
    ]


def _chunks(rows: list[int], size: int) -> Iterable[list[int]]:
    """Take a tower apart into equal stacks of floors; anything smaller stays whole."""
    if len(rows) <= size * TOWER_SHARE:
        return [rows]
    count = -(-len(rows) // size)
    edges = [round(len(rows) * place / count) for place in range(count + 1)]
    return [rows[start:end] for start, end in pairwise(edges)]


def _piece(rows: Sequence[int], points: Points, street: str) -> Piece:
    x, y = points[list(rows)].mean(axis=0)
    return Piece(tuple(rows), float(x), float(y), street)


def _blocks(ordered: Sequence[Address], buildings: Sequence[Piece], size: int) -> list[list[Piece]]:
    """Bundle buildings along one side of a street, until there is a gap or the block is large enough."""
    most = max(1.0, size * BLOCK_SHARE)

    def side(piece: Piece) -> tuple[str, int]:
        return (piece.street, ordered[piece.rows[0]].number % 2)

    blocks: list[list[Piece]] = []
    along = sorted(buildings, key=lambda piece: (side(piece), ordered[piece.rows[0]].number, piece.rows))
    for _side, pieces in groupby(along, key=side):
        block: list[Piece] = []
        for piece in pieces:
            is_far = bool(block) and np.hypot(piece.x - block[-1].x, piece.y - block[-1].y) > GAP_M
            if block and (is_far or _weight(block) + len(piece.rows) > most):
                blocks.append(block)
                block = []
            block.append(piece)
        blocks.append(block)
    return blocks


def _weight(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.rows) for piece in pieces)


def _part(blocks: list[list[Piece]], buildings: Sequence[Piece], turfs: int) -> list[list[int]]:
    """Part blocks into so many turfs, in halves; return the rows of each."""
    if turfs == 1 or len(buildings) == 1:
        return [[row for block in blocks for piece in block for row in piece.rows]]
    first, second = min(
        (_parted(blocks, turfs, pi * step / DIRECTIONS) for step in range(DIRECTIONS)), key=_cost
    )
    fewer = turfs // 2
    if not first or not second:
        return [[row for block in blocks for piece in block for row in piece.rows]]
    halves = ((first, fewer), (second, turfs - fewer))
    return [
        part
        for half, count in halves
        for part in _part(half, [piece for block in half for piece in block], count)
    ]


def _parted(
    blocks: list[list[Piece]], turfs: int, angle: float
) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Part blocks in two by a line across a direction; the block on the line is taken apart where that is needed."""
    total = sum(map(_weight, blocks))
    wanted = total * (turfs // 2) / turfs
    slack = TOLERANCE * total / turfs
    along = sorted(blocks, key=lambda block: (_place(block, angle), block[0].rows))
    first: list[list[Piece]] = []
    have = 0
    for position, block in enumerate(along):
        weight = _weight(block)
        if have + weight <= wanted:
            first.append(block)
            have += weight
            continue
        near, far = _divided(block, wanted - have, slack, angle)
        rest = along[position + 1 :]
        return ([*first, near] if near else first), ([far] if far else []) + rest
    return first, []


def _divided(
    block: list[Piece], wanted: float, slack: float, angle: float
) -> tuple[list[Piece], list[Piece]]:
    weight = _weight(block)
    if wanted <= slack:
        return [], block
    if weight - wanted <= slack:
        return block, []
    along = sorted(block, key=lambda piece: (_place([piece], angle), piece.rows))
    near: list[Piece] = []
    for piece in along:
        # The building on the line goes to the side that it leaves closer to what is wanted.
        if _weight(near) + len(piece.rows) / 2 > wanted:
            break
        near.append(piece)
    return near, along[len(near) :]


def _place(block: Sequence[Piece], angle: float) -> float:
    weight = _weight(block)
    across = (piece.x * np.cos(angle) + piece.y * np.sin(angle) for piece in block)
    middle = sum(place * len(piece.rows) for place, piece in zip(across, block, strict=True)) / weight
    return round(float(middle), 3)


def _cost(halves: tuple[list[list[Piece]], list[list[Piece]]]) -> float:
    """Return how far doors lie from the middle of their half, more for every street that is in both."""
    spread = sum(_spread(half) for half in halves)
    first, second = ({piece.street for block in half for piece in block} for half in halves)
    return spread * (1 + STREET_COST * len(first & second))


def _spread(blocks: list[list[Piece]]) -> float:
    if not blocks:
        return 0.0
    rows = np.array([(piece.x, piece.y, len(piece.rows)) for block in blocks for piece in block])
    points, weights = rows[:, :2], rows[:, 2]
    middle = np.average(points, axis=0, weights=weights)
    return float((np.hypot(*(points - middle).T) * weights).sum())
