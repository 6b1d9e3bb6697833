"""The cartogram's cells."""

import numpy as np
import pytest

from ridings.cartogram import lay_out

METRES = 100_000.0


def lattice(columns: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Points on a lattice and the pairs of neighbours on it."""
    points = np.array([(x * METRES, y * METRES) for y in range(rows) for x in range(columns)])
    borders = [(i, i + 1) for i in range(len(points)) if (i + 1) % columns]
    borders += [(i, i + columns) for i in range(len(points) - columns)]
    return points, np.array(borders)


def test_no_two_ridings_share_a_cell_and_numbering_begins_at_nought() -> None:
    points, borders = lattice(6, 5)

    cells = lay_out(points, borders, ["ON"] * 30, [False] * 30)

    assert len({tuple(cell) for cell in cells.tolist()}) == 30
    assert cells[:, 0].min() == 0
    assert cells[:, 1].min() in (0, 1)


def test_east_stays_east_and_north_stays_north() -> None:
    points, borders = lattice(6, 5)

    cells = lay_out(points, borders, ["ON"] * 30, [False] * 30)

    assert np.corrcoef(points[:, 0], cells[:, 0])[0, 1] > 0.9
    assert np.corrcoef(points[:, 1], cells[:, 1])[0, 1] < -0.9


def test_the_far_north_lies_in_a_row_above_all() -> None:
    points, borders = lattice(6, 3)
    north = [False] * 15 + [True] * 3

    cells = lay_out(points, borders, ["ON"] * 15 + ["YT", "NT", "NU"], north)

    assert len(set(cells[15:, 1].tolist())) == 1
    assert cells[:15, 1].min() == cells[15:, 1].min() + 2
    assert cells[15:, 0].tolist() == sorted(set(cells[15:, 0].tolist()))


@pytest.mark.parametrize("count", [1, 2])
def test_few_ridings_are_laid_out_too(count: int) -> None:
    points, _ = lattice(count, 1)

    assert len(lay_out(points, np.empty((0, 2), dtype=int), ["YT"] * count, [True] * count)) == count
    assert len(lay_out(points, np.empty((0, 2), dtype=int), ["ON"] * count, [False] * count)) == count


def test_the_same_ridings_give_the_same_cells() -> None:
    points, borders = lattice(5, 5)

    one, two = (lay_out(points, borders, ["ON"] * 25, [False] * 25) for _ in range(2))

    assert (one == two).all()
