"""Where the parts of a poll’s chart stand. Units are those of its SVG.

Coordinates are text: templates write numbers as the language does, and SVG knows no decimal comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django import template

from polls.queries.published import ShownShare

register = template.Library()

WIDTH = 320
MARGIN = 16
ROW_HEIGHT = 44
AXIS_HEIGHT = 26
MOST_TICKS = 5


@dataclass(frozen=True)
class Row:
    """A party’s line: its text, its dot, and the ends of its interval, "" where there is none."""

    share: ShownShare
    text_y: int
    line_y: int
    dot_x: str
    low_x: str
    high_x: str
    width: str


@dataclass(frozen=True)
class Tick:
    """A mark of the axis at a share."""

    x: str
    share: float


@dataclass(frozen=True)
class PollDrawing:
    """Rows of a chart, the axis under them, and its size."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: int
    axis_y: int


@register.simple_tag
def poll_chart_of(shares: Sequence[ShownShare]) -> PollDrawing:
    """Draw shares with their intervals on one axis from 0 to the next ten percent above the largest."""
    largest = max((one.share if one.high is None else one.high for one in shares), default=0.1)
    top = min(max(ceil(largest * 10 - 1e-9), 1), 10)

    def across(share: float | None) -> str:
        return "" if share is None else f"{MARGIN + share * 10 / top * (WIDTH - 2 * MARGIN):.1f}"

    rows = tuple(
        Row(
            share=one,
            text_y=index * ROW_HEIGHT + 14,
            line_y=index * ROW_HEIGHT + 29,
            dot_x=across(one.share),
            low_x=across(one.low),
            high_x=across(one.high),
            width=f"{one.share * 10 / top * (WIDTH - 2 * MARGIN):.1f}",
        )
        for index, one in enumerate(shares)
    )
    step = 1 if top <= MOST_TICKS else 2
    ticks = tuple(Tick(across(tenth / 10), tenth / 10) for tenth in range(0, top + 1, step))
    axis_y = len(rows) * ROW_HEIGHT
    return PollDrawing(rows, ticks, axis_y + AXIS_HEIGHT, axis_y)
