import re

from hypothesis import given
from hypothesis import strategies as st

from ridings.models import Riding
from ridings.queries import MapRow
from ridings.queries.charts import Bar
from ridings.queries.riding_page import ProjectedShare
from ridings.templatetags import axes, drawings

SHARES = st.floats(0, 1, allow_nan=False)


def row(column: int | None, line: int | None) -> MapRow:
    return MapRow(Riding(number=10001, cell_column=column, cell_row=line), "", "swing", "", "")


def projected(last: float, now: float) -> ProjectedShare:
    return ProjectedShare("A", "#000000", last, now)


def test_cartogram_shifts_odd_rows_by_half_a_cell() -> None:
    drawing = drawings.cartogram_of([row(0, 0), row(1, 0), row(0, 1), row(0, 2)])

    assert [cell.middle for cell in drawing.cells] == ["0.00 0.00", "1.73 0.00", "0.87 1.50", "0.00 3.00"]


def test_cartogram_leaves_out_ridings_without_a_cell() -> None:
    drawing = drawings.cartogram_of([row(None, None), row(3, 4)])

    assert len(drawing.cells) == 1


def test_cartogram_of_nothing_has_no_cells() -> None:
    assert drawings.cartogram_of([]).cells == ()


def test_cartogram_does_not_blow_up_a_few_cells() -> None:
    left, top, width, height = map(float, drawings.cartogram_of([row(10, 10)]).view_box.split())

    assert (width, height) == (drawings.LEAST_WIDTH, drawings.LEAST_HEIGHT)
    assert left < 10 * drawings.HEX_WIDTH < left + width
    assert top < 10 * drawings.HEX_ROW < top + height


@given(st.lists(SHARES, max_size=12))
def test_bars_stay_inside_and_show_every_party(shares: list[float]) -> None:
    drawing = drawings.bars_of([Bar("A", "A", "#000000", 1, share) for share in shares])

    widths = [float(drawn.width) for drawn in drawing.rows]
    assert all(drawings.SLIVER <= width <= axes.CHART_WIDTH for width in widths)
    assert drawing.height == len(shares) * drawings.ROW_HEIGHT


@given(st.lists(st.tuples(SHARES, SHARES), max_size=8))
def test_spans_and_ticks_stay_on_the_axis(shares: list[tuple[float, float]]) -> None:
    drawing = drawings.spans_of([projected(last, now) for last, now in shares])

    places = [float(x) for span in drawing.spans for x in (span.last_x, span.projected_x)]
    places += [float(tick.x) for tick in drawing.ticks]
    assert all(axes.AXIS_MARGIN <= x <= axes.CHART_WIDTH - axes.AXIS_MARGIN for x in places)
    assert drawing.ticks[0].share == 0
    assert len(drawing.ticks) <= axes.MOST_TICKS + 1


def test_spans_put_equal_shares_at_equal_places() -> None:
    span = drawings.spans_of([projected(0.4, 0.4), projected(0.5, 0.1)]).spans[0]

    assert span.last_x == span.projected_x
    assert re.fullmatch(r"\d+\.\d", span.last_x)
