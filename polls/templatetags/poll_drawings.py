"""Where the parts of a poll’s chart stand. Units are those of its SVG.

Coordinates are text: templates write numbers as the language does, and SVG knows no decimal comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from polls.queries.published import ShownShare
from ridings.templatetags.axes import AXIS_HEIGHT, Axis, Tick

register = template.Library()

ROW_HEIGHT = 44


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
class PollDrawing:
    """Rows of a chart, the axis under them, and its size."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: int
    axis_y: int


@register.simple_tag
def poll_chart_of(shares: Sequence[ShownShare]) -> PollDrawing:
    """Draw shares with their intervals on one axis from 0 to the next ten percent above the largest."""
    axis = Axis.over(one.share if one.high is None else one.high for one in shares)
    rows = tuple(
        Row(
            share=one,
            text_y=index * ROW_HEIGHT + 14,
            line_y=index * ROW_HEIGHT + 29,
            dot_x=axis.across(one.share),
            low_x="" if one.low is None else axis.across(one.low),
            high_x="" if one.high is None else axis.across(one.high),
            width=axis.width(one.share),
        )
        for index, one in enumerate(shares)
    )
    axis_y = len(rows) * ROW_HEIGHT
    return PollDrawing(rows, axis.ticks, axis_y + AXIS_HEIGHT, axis_y)
