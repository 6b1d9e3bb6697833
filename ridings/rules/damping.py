"""Keep the map from flickering: a class changes when it lasts, or when it moves far. Pure.

Source: docs/algorithms/classification.md, "Damping".
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """What the last run left: the class shown, the class by the numbers, since how many runs, the leverage shown."""

    shown: str
    computed: str
    computed_runs: int
    leverage: float


def damped(computed: str, leverage: float, held: Held | None, *, runs: int, move: float) -> Held:
    """Return what to show now.

    Args:
        computed: class by the numbers of this run.
        leverage: leverage of this run, 0–1.
        held: what the last run left, or None if the riding had no class yet.
        runs: how many runs in a row a class must hold before it is shown.
        move: a class is shown at once if the leverage moved by more than this since it was last shown.
    """
    if held is None:
        return Held(computed, computed, 1, leverage)
    in_a_row = held.computed_runs + 1 if computed == held.computed else 1
    moved_far = abs(leverage - held.leverage) > move
    if computed == held.shown or in_a_row >= runs or moved_far:
        return Held(computed, computed, in_a_row, leverage)
    return Held(held.shown, computed, in_a_row, held.leverage)
