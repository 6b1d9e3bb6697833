"""Outlines: what is no outline is refused with its reason, and one is drawn around doors."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from volunteers.enums import OutlineFault
from volunteers.rules.outlines import BadOutline, area_m2, around, inside, read_outline

SQUARE = [[-75.70, 45.40], [-75.69, 45.40], [-75.69, 45.41], [-75.70, 45.41]]


def polygon(*rings: object, kind: str = "Polygon") -> str:
    return json.dumps({"type": kind, "coordinates": list(rings)})


def test_an_outline_is_read_whether_closed_or_not() -> None:
    first, second = read_outline(polygon(SQUARE)), read_outline(polygon([*SQUARE, SQUARE[0]]))

    assert first.equals(second)
    # 0.01° of longitude there are some 782 m, of latitude 1,112 m.
    assert round(area_m2(first) / 1e4) == pytest.approx(87, abs=1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", OutlineFault.UNREADABLE),
        ("\x00", OutlineFault.UNREADABLE),
        ("[" * 5000, OutlineFault.UNREADABLE),
        ("null", OutlineFault.UNREADABLE),
        ('{"coordinates": 3}', OutlineFault.UNREADABLE),
        (polygon(SQUARE[:2]), OutlineFault.UNREADABLE),
        (polygon([*SQUARE[:2], SQUARE[0]]), OutlineFault.UNREADABLE),
        (polygon(SQUARE, SQUARE), OutlineFault.UNREADABLE),
        (polygon(SQUARE, kind="LineString"), OutlineFault.UNREADABLE),
        (polygon([[0, 91], [1, 91], [1, 92]]), OutlineFault.UNREADABLE),
        (polygon([["a", 1], [1, 2], [2, 3]]), OutlineFault.UNREADABLE),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 2], [2, 1]]]}', OutlineFault.UNREADABLE),
        (polygon([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]), OutlineFault.CROSSES_ITSELF),
        (polygon([[-75.7, 45.4], [-75.69999, 45.4], [-75.69999, 45.40001]]), OutlineFault.TINY),
        (polygon([[x / 1000, x * x / 1e6] for x in range(301)]), OutlineFault.TOO_MANY_CORNERS),
        ("x" * 50_000, OutlineFault.UNREADABLE),
    ],
)
def test_what_is_no_outline_is_refused_with_its_reason(text: str, fault: OutlineFault) -> None:
    with pytest.raises(BadOutline) as refused:
        read_outline(text)

    assert refused.value.fault == fault


@given(st.lists(st.tuples(st.floats(-75.8, -75.6), st.floats(45.3, 45.5)), min_size=1, max_size=30))
def test_an_outline_around_doors_holds_them_all_and_can_be_read(points: list[tuple[float, float]]) -> None:
    drawn = around(points)

    outline = read_outline(json.dumps(drawn))
    assert all(inside(outline, points))
    assert shapely.is_valid(outline)


def test_nothing_lies_in_an_outline_where_there_are_no_doors() -> None:
    assert inside(read_outline(polygon(SQUARE)), []) == []
