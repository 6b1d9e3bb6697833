"""Readings that cannot be right, each told apart."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from polls.enums import ReadingProblem as Problem
from polls.rules.readings import Frame, Reading, check_readings, dimension_of, tolerance_of

FRAME = Frame(
    sample_size=600,
    contacted_count=5000,
    field_starts_on=date(2026, 11, 1),
    field_ends_on=date(2026, 11, 3),
    is_probability=True,
    margin_of_error=0.04,
    known_parties={"CPC", "LPC", "NDP"},
)


def cell(basis: str = "leaning", group: str = "", base: int | None = 500, **shares: float) -> list[Reading]:
    return [Reading(1, basis, group, answer, share, base) for answer, share in shares.items()]


GOOD = [
    *cell("all", base=600, CPC=0.35, LPC=0.30, NDP=0.15, undecided=0.20),
    *cell(base=500, CPC=0.43, LPC=0.38, NDP=0.19),
    *cell("decided", base=450, CPC=0.44, LPC=0.37, NDP=0.19),
    *cell(group="Women", base=260, CPC=0.40, LPC=0.40, NDP=0.20),
    *cell(group="Men", base=240, CPC=0.46, LPC=0.36, NDP=0.18),
]


def problems(readings: list[Reading], **frame: Any) -> list[tuple[Problem, bool]]:
    return [(one.problem, one.is_error) for one in check_readings(readings, replace(FRAME, **frame))]


def test_what_is_right_is_left_alone() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (cell(CPC=0.5, LPC=0.4), Problem.SUM),
        (cell(CPC=0.005, LPC=0.005), Problem.SUM),
        (cell(CPC=1.5, LPC=-0.5), Problem.SHARE_RANGE),
        (cell(CPC=0.5, LPC=0.4, undecided=0.1), Problem.NOT_AN_ANSWER_HERE),
        (cell("decided", CPC=0.5, refused=0.5), Problem.NOT_AN_ANSWER_HERE),
        (cell(CPC=0.5, XYZ=0.5), Problem.UNKNOWN_PARTY),
        (cell(base=601, CPC=0.5, LPC=0.5), Problem.BASE_ABOVE_SAMPLE),
        (cell(CPC=0.5) + cell(base=400, LPC=0.5), Problem.BASES_DIFFER),
        (cell(base=400, CPC=1.0) + cell("decided", base=450, CPC=1.0), Problem.BASES_OUT_OF_ORDER),
    ],
)
def test_errors(readings: list[Reading], expected: Problem) -> None:
    found = problems(readings)
    assert {problem for problem, is_error in found if is_error} == {expected}


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (cell(base=None, CPC=1.0), Problem.BASE_MISSING),
        (cell(CPC=1.0) + cell(group="Women", base=250, CPC=1.0), Problem.GROUPS_DO_NOT_ADD_UP),
        (
            cell(CPC=0.2, LPC=0.8) + cell("decided", base=450, CPC=0.4, LPC=0.6),
            Problem.DECIDED_ABOVE_LEANING,
        ),
    ],
)
def test_warnings(readings: list[Reading], expected: Problem) -> None:
    assert problems(readings) == [(expected, False)]


def test_groups_add_up_by_their_dimension() -> None:
    genders = cell(group="Gender: women", base=260, CPC=1.0) + cell(group="Gender: men", base=239, CPC=1.0)
    ages = cell(group="Age: 18–34", base=100, CPC=1.0) + cell(group="Age: 35+", base=400, CPC=1.0)
    found = check_readings([*cell(CPC=1.0), *genders, *ages], FRAME)
    # 499 of 500: two parts, each rounded.
    assert found == ()
    assert [dimension_of(group) for group in ("Gender: women", "Women", "")] == ["Gender", "", ""]


def test_the_frame_is_checked_too() -> None:
    assert problems([], margin_of_error=0.05) == [(Problem.MARGIN_DIFFERS, False)]
    assert problems([], margin_of_error=0.05, is_probability=False) == []
    assert problems([], contacted_count=599) == [(Problem.SAMPLE_ABOVE_CONTACTED, True)]
    assert problems([], field_ends_on=date(2026, 10, 31)) == [(Problem.DATES_OUT_OF_ORDER, True)]


def test_nothing_known_is_nothing_wrong() -> None:
    nothing = Frame(None, None, None, None, None, None, {"CPC"})
    assert check_readings(cell("all", base=None, CPC=1.0), nothing) == ()


@pytest.mark.parametrize(
    ("shares", "expected"),
    [([0.34, 0.33, 0.33], 0.015), ([0.341, 0.33, 0.329], 0.0015), ([0.3411, 0.3289, 0.33], 0.00015)],
)
def test_rounding_is_allowed_as_finely_as_it_is_written(shares: list[float], expected: float) -> None:
    assert tolerance_of(shares) == pytest.approx(expected, abs=1e-8)


def test_errors_come_before_warnings() -> None:
    found = problems([*cell(base=None, CPC=1.0), *cell("decided", CPC=0.5)])
    assert found == [(Problem.SUM, True), (Problem.BASE_MISSING, False)]
