"""Classes do not flicker."""

from ridings.rules.damping import Held, damped


def run(*steps: tuple[str, float]) -> list[str]:
    """Return what is shown after each run of (computed class, leverage)."""
    held: Held | None = None
    shown = []
    for computed, leverage in steps:
        held = damped(computed, leverage, held, runs=2, move=0.05)
        shown.append(held.shown)
    return shown


def test_the_first_run_shows_what_it_computes() -> None:
    assert run(("swing", 0.16)) == ["swing"]


def test_a_small_move_waits_for_a_second_run() -> None:
    assert run(("swing", 0.16), ("emerging", 0.14), ("emerging", 0.145)) == ["swing", "swing", "emerging"]


def test_to_and_fro_across_a_threshold_shows_no_change() -> None:
    assert run(("swing", 0.151), ("emerging", 0.149), ("swing", 0.151), ("emerging", 0.149)) == ["swing"] * 4


def test_a_large_move_shows_at_once() -> None:
    assert run(("swing", 0.16), ("emerging", 0.10)) == ["swing", "emerging"]


def test_a_move_of_exactly_the_limit_still_waits() -> None:
    assert run(("swing", 0.25), ("emerging", 0.20)) == ["swing", "swing"]


def test_one_run_in_a_row_is_enough_if_so_set() -> None:
    first = damped("swing", 0.16, None, runs=1, move=0.05)

    assert damped("emerging", 0.149, first, runs=1, move=0.05).shown == "emerging"
