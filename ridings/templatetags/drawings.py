"""Where the parts of the drawings stand: the cartogram and the charts. Units are those of their SVG.

Coordinates are text: templates write numbers as the language does, and SVG knows no decimal comma.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from django import template

from ridings.models import Riding
from ridings.queries import MapRow
from ridings.queries.charts import Bar
from ridings.queries.riding_page import ProjectedShare
from ridings.templatetags.axes import AXIS_HEIGHT, CHART_WIDTH, Axis, Tick

register = template.Library()

HEX_WIDTH = sqrt(3)
HEX_ROW = 1.5
MARGIN = 1.1
# A few cells alone are not blown up beyond a fourth of the country.
LEAST_WIDTH = 24
LEAST_HEIGHT = 14

ROW_HEIGHT = 40
BAR_TOP = 19
SLIVER = 1.5


@dataclass(frozen=True)
class Hex:
    """One riding's cell, by the middle of its hexagon of radius 1: `x y`."""

    row: MapRow
    middle: str


@dataclass(frozen=True)
class Cartogram:
    """All cells and the box that holds them."""

    cells: tuple[Hex, ...]
    view_box: str


@register.simple_tag
def cartogram_of(rows: Iterable[MapRow]) -> Cartogram:
    """Place the ridings that have a cell: pointy hexagons, odd rows half a cell to the right."""
    placed = [(row, *_middle(row.riding)) for row in rows if row.riding.cell_row is not None]
    if not placed:
        return Cartogram((), "0 0 1 1")
    across, down = [x for _row, x, _y in placed], [y for _row, _x, y in placed]
    width = max(max(across) - min(across) + 2 * MARGIN, LEAST_WIDTH)
    height = max(max(down) - min(down) + 2 * MARGIN, LEAST_HEIGHT)
    left, top = (min(across) + max(across) - width) / 2, (min(down) + max(down) - height) / 2
    view_box = f"{left:.2f} {top:.2f} {width:.2f} {height:.2f}"
    return Cartogram(tuple(Hex(row, f"{x:.2f} {y:.2f}") for row, x, y in placed), view_box)


def _middle(riding: Riding) -> tuple[float, float]:
    column, row = riding.cell_column or 0, riding.cell_row or 0
    return HEX_WIDTH * (column + 0.5 * (row % 2)), HEX_ROW * row


@dataclass(frozen=True)
class Row:
    """One row of a bar chart: its text lines and its bar."""

    bar: Bar
    text_y: int
    bar_y: int
    width: str


@dataclass(frozen=True)
class BarDrawing:
    """Rows of a bar chart and its height."""

    rows: tuple[Row, ...]
    height: int


@register.simple_tag
def bars_of(bars: Sequence[Bar]) -> BarDrawing:
    """Draw shares as bars, 100 % being the whole width; a party with votes always shows a sliver."""
    rows = tuple(
        Row(
            bar=bar,
            text_y=index * ROW_HEIGHT + 13,
            bar_y=index * ROW_HEIGHT + BAR_TOP,
            width=f"{max(bar.share * CHART_WIDTH, SLIVER):.1f}",
        )
        for index, bar in enumerate(bars)
    )
    return BarDrawing(rows, len(rows) * ROW_HEIGHT)


@dataclass(frozen=True)
class Span:
    """One party's line from its last to its projected share."""

    share: ProjectedShare
    text_y: int
    line_y: int
    last_x: str
    projected_x: str
    change: float


@dataclass(frozen=True)
class SpanDrawing:
    """Lines of the comparison, the axis under them, and its size."""

    spans: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    height: int
    axis_y: int


@register.simple_tag
def spans_of(projection: Sequence[ProjectedShare]) -> SpanDrawing:
    """Draw last and projected shares on one axis from 0 to the next ten percent above the largest."""
    axis = Axis.over(max(item.last, item.projected) for item in projection)
    spans = tuple(
        Span(
            share=item,
            text_y=index * ROW_HEIGHT + 14,
            line_y=index * ROW_HEIGHT + 28,
            last_x=axis.across(item.last),
            projected_x=axis.across(item.projected),
            change=item.projected - item.last,
        )
        for index, item in enumerate(projection)
    )
    axis_y = len(spans) * ROW_HEIGHT
    return SpanDrawing(spans, axis.ticks, axis_y + AXIS_HEIGHT, axis_y)
