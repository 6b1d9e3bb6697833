"""TopoJSON: written once, read the same by both neighbours."""

import json
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from ridings.rules.topology import decode_topology, encode_topology

PLAIN = {"scale": [1.0, 1.0], "translate": [0.0, 0.0]}


def encoded(*shapes: BaseGeometry) -> dict[str, Any]:
    return encode_topology(np.array(shapes), range(10001, 10001 + len(shapes)), **PLAIN)


def test_a_common_border_is_written_once() -> None:
    topology = encoded(shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4, 2))

    assert len(topology["arcs"]) == 3
    one, two = topology["objects"]["ridings"]["geometries"]
    shared = {arc if arc >= 0 else ~arc for arc in one["arcs"][0]} & {
        arc if arc >= 0 else ~arc for arc in two["arcs"][0]
    }
    assert len(shared) == 1


def test_an_enclave_and_its_hole_are_one_arc() -> None:
    hole = shapely.box(2, 2, 4, 4)
    topology = encoded(shapely.difference(shapely.box(0, 0, 6, 6), hole), hole)

    assert len(topology["arcs"]) == 2


def test_ids_are_numbers_as_text_and_nothing_else_is_said() -> None:
    (shape,) = encoded(shapely.box(0, 0, 1, 1))["objects"]["ridings"]["geometries"]

    assert (shape["id"], sorted(shape)) == ("10001", ["arcs", "id", "type"])


def test_several_parts_and_holes_come_back() -> None:
    shape = shapely.union_all([
        shapely.difference(shapely.box(0, 0, 9, 9), shapely.box(3, 3, 6, 6)), shapely.box(20, 0, 25, 5),
        shapely.box(4, 4, 5, 5),
    ])  # fmt: skip

    assert decode_topology(encoded(shape))["10001"].equals(shape)


def test_scale_and_translation_give_degrees() -> None:
    topology = encode_topology(
        np.array([shapely.box(0, 0, 10, 10)]), [1], scale=[0.5, 0.1], translate=[-100, 40]
    )

    assert decode_topology(topology)["1"].bounds == (-100, 40, -95, 41)
    assert decode_topology(topology, on_grid=True)["1"].bounds == (0, 0, 10, 10)


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1), st.integers(1, 4))
def test_any_tiling_comes_back_exactly(cells: set[tuple[int, int]], groups: int) -> None:
    tiles: dict[int, list[BaseGeometry]] = {}
    for x, y in sorted(cells):
        tiles.setdefault((x * 3 + y) % groups, []).append(shapely.box(x, y, x + 1, y + 1))
    shapes = np.array([shapely.union_all(part) for part in tiles.values()])

    topology = encode_topology(shapes, range(len(shapes)), **PLAIN)

    back = decode_topology(json.loads(json.dumps(topology)))
    assert [back[str(i)].equals(shape) for i, shape in enumerate(shapes)] == [True] * len(shapes)


def test_repeated_points_are_dropped() -> None:
    shape = shapely.Polygon([(0, 0), (0, 0), (2, 0), (2, 2), (2, 2), (0, 2)])

    assert shapely.get_num_coordinates(decode_topology(encoded(shape))["10001"]) == 5


@pytest.mark.parametrize("count", [1, 2])
def test_the_same_shapes_give_the_same_bytes(count: int) -> None:
    shapes = [shapely.box(i, 0, i + 1, 1) for i in range(count)]

    assert json.dumps(encoded(*shapes)) == json.dumps(encoded(*shapes))
