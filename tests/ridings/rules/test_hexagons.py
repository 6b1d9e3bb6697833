"""Cells of the cartogram."""

from ridings.rules.hexagons import around, pieces


def test_touching_is_mutual_in_even_and_odd_rows() -> None:
    for cell in ((5, 4), (5, 5)):
        assert len(set(around(cell))) == 6
        assert all(cell in around(near) for near in around(cell))


def test_pieces_are_counted_by_owner_largest_first() -> None:
    owner_of = {(0, 0): "A", (1, 0): "A", (2, 0): "B", (3, 0): "A", (0, 1): "B"}

    assert pieces(owner_of) == [{(0, 0), (1, 0)}, {(0, 1)}, {(2, 0)}, {(3, 0)}]
