"""Shapes: kept, simplified, written on a grid."""

import gzip
import json

import numpy as np
import pytest
import shapely

from ridings import geometry
from ridings.rules.topology import decode_topology


def block() -> geometry.Shapes:
    """Nine half-degree squares near Ottawa with ragged common borders."""
    squares = [shapely.box(-76 + 0.5 * (i % 3), 45 + 0.5 * (i // 3), -75.5 + 0.5 * (i % 3), 45.5 + 0.5 * (i // 3))
               for i in range(9)]  # fmt: skip
    return np.array([shapely.segmentize(square, 0.01) for square in squares])


def ragged(shapes: geometry.Shapes) -> geometry.Shapes:
    """Bend every point by an amount that depends on where it is, so that neighbours stay neighbours."""
    return np.asarray(
        shapely.transform(shapes, lambda points: points + 0.002 * np.sin(points[:, ::-1] * 400))
    )


def test_wkb_comes_back() -> None:
    shape = shapely.box(0, 0, 1, 1)

    assert geometry.from_wkb(memoryview(geometry.to_wkb(shape))) == shape


def test_areas_are_true() -> None:
    """One degree cell at 60° N measures 111.4 km by cos 60° × 111.3 km, nearly."""
    assert geometry.areas_km2(np.array([shapely.box(-100, 60, -99, 61)]))[0] == pytest.approx(6117, rel=0.005)


def test_projection_and_back_is_the_same_place() -> None:
    there = geometry.projected(block(), geometry.WGS84, geometry.LAMBERT)

    back = geometry.projected(there, geometry.LAMBERT, geometry.WGS84)

    assert shapely.equals_exact(back, block(), tolerance=1e-9).all()


def test_only_polygons_are_kept() -> None:
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (5, 5)])])
    two = shapely.GeometryCollection([mixed, shapely.MultiPolygon([shapely.box(2, 2, 3, 3)])])

    assert geometry.polygons_of(mixed) == shapely.box(0, 0, 1, 1)
    assert geometry.polygons_of(two).geom_type == "MultiPolygon"


def test_simplified_neighbours_stay_neighbours_in_every_document() -> None:
    clean = geometry.clean_coverage(ragged(block()))
    numbers = list(range(35001, 35010))

    national = geometry.national_document(clean, numbers)
    provinces = geometry.province_documents(clean, numbers, ["ON"] * 6 + ["QC"] * 3)

    assert sorted(provinces) == ["ON", "QC"]
    for document in (national, *provinces.values()):
        shapes = np.array(
            list(decode_topology(json.loads(gzip.decompress(document.body)), on_grid=True).values())
        )
        assert shapely.coverage_is_valid(shapes)
        assert shapely.is_valid(shapes).all()


def test_the_same_shapes_give_the_same_document() -> None:
    clean = geometry.clean_coverage(ragged(block()))

    one, two = (geometry.national_document(clean, range(35001, 35010)) for _ in range(2))

    assert one == two
    assert len(one.digest) == 64


def test_a_torn_grid_is_cleaned() -> None:
    """Two squares that overlap by less than a grid cell are a valid coverage once rounded and cleaned."""
    shapes = np.array([shapely.box(0, 0, 1.004, 1), shapely.box(1, 0, 2, 1)])

    grid, _, _ = geometry.on_grid(shapes, 50)

    assert shapely.coverage_is_valid(grid)


def test_what_cannot_be_written_without_gaps_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geometry, "ROUNDS_OF_REPAIR", 0)

    with pytest.raises(geometry.CoverageBroken, match="however fine the grid"):
        geometry.encode(block(), range(9), 100)


def test_the_coarsest_document_is_taken_where_none_fits() -> None:
    tried: list[float] = []

    def write(step_m: float) -> geometry.Document:
        tried.append(step_m)
        return geometry.Document(str(step_m), b"x" * 10)

    assert geometry.within_budget((1.0, 2.0), 5, write).digest == "2.0"
    assert geometry.within_budget((1.0, 2.0), 50, write).digest == "1.0"
    assert tried == [1.0, 2.0, 1.0]
    with pytest.raises(ValueError, match="no step"):
        geometry.within_budget((), 5, write)
