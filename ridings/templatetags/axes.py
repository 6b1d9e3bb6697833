"""The axis under a chart of shares. Units are those of its SVG; coordinates are text, because SVG knows no decimal comma."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

CHART_WIDTH = 320
AXIS_MARGIN = 16
AXIS_HEIGHT = 26
MOST_TICKS = 5

_NOISE = 1e-9


@dataclass(frozen=True)
class Tick:
    """A mark of the axis at a share."""

    x: str
    share: float


@dataclass(frozen=True)
class Axis:
    """An axis from 0 to `tenths` × 10 %."""

    tenths: int

    @classmethod
    def over(cls, shares: Iterable[float]) -> "Axis":
        """Return the axis from 0 to the next ten percent above the largest share; 30 % itself ends at 30 %."""
        largest = max(shares, default=0.1)
        return cls(min(max(ceil(largest * 10 - _NOISE), 1), 10))

    def across(self, share: float) -> str:
        """Return where a share stands."""
        return f"{AXIS_MARGIN + self._length(share):.1f}"

    def width(self, share: float) -> str:
        """Return how long the line from 0 to a share is."""
        return f"{self._length(share):.1f}"

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The marks, every ten percent, or every twenty where they would crowd."""
        step = 1 if self.tenths <= MOST_TICKS else 2
        return tuple(Tick(self.across(tenth / 10), tenth / 10) for tenth in range(0, self.tenths + 1, step))

    def _length(self, share: float) -> float:
        return share * 10 / self.tenths * (CHART_WIDTH - 2 * AXIS_MARGIN)
