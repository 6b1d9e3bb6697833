"""A progress bar for people; silent where nobody looks."""

from dataclasses import dataclass, field
from time import monotonic
from typing import TextIO

WIDTH = 24
SECONDS_BETWEEN_DRAWINGS = 0.1


@dataclass
class Progress:
    """Draws steps of a piece of work on one line of a terminal; writes nothing elsewhere."""

    stream: TextIO
    drawn_at: float = field(default=0.0, init=False)

    def show(self, what: str, done: int, total: int) -> None:
        """Draw `done` of `total`; the line ends when both are equal."""
        finished = done >= total
        if not self.stream.isatty() or (
            not finished and monotonic() - self.drawn_at < SECONDS_BETWEEN_DRAWINGS
        ):
            return
        self.drawn_at = monotonic()
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "·" * (WIDTH - filled)
        self.stream.write(f"\r{bar} {done}/{total} {what:<40.40}" + ("\n" if finished else ""))
        self.stream.flush()
