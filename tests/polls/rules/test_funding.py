"""When a project is paid for: every cell of the table."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.enums import ProjectState
from polls.rules.funding import NextMove, Reason, Standing, next_move, unneeded

DEADLINE = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
BEFORE, AFTER = DEADLINE - dt.timedelta(days=3), DEADLINE + dt.timedelta(seconds=1)
GOAL, LEAST = 4000_00, 3000_00
FUNDING, CONFIRMING, FUNDED, FAILED = (
    ProjectState.FUNDING,
    ProjectState.CONFIRMING,
    ProjectState.FUNDED,
    ProjectState.FAILED,
)


def standing(
    state: str, settled: int, promised: int, failing: int = 0, ends: dt.datetime | None = None
) -> Standing:
    return Standing(state, GOAL, LEAST, DEADLINE, ends, settled, promised, failing)


@pytest.mark.parametrize(
    ("settled", "promised", "now", "expected"),
    [
        (0, 0, BEFORE, None),
        (GOAL - 1, 0, BEFORE, None),
        (0, GOAL - 1, BEFORE, None),
        (GOAL, 0, BEFORE, NextMove(FUNDED, Reason.GOAL_REACHED)),
        (GOAL, 500, BEFORE, NextMove(FUNDED, Reason.GOAL_REACHED)),
        (0, GOAL, BEFORE, NextMove(CONFIRMING, Reason.GOAL_REACHED)),
        (GOAL - 1, 1, BEFORE, NextMove(CONFIRMING, Reason.GOAL_REACHED)),
        (LEAST, 0, BEFORE, None),
        (LEAST, 0, DEADLINE, NextMove(FUNDED, Reason.DEADLINE_ENOUGH)),
        (LEAST, 1, AFTER, NextMove(CONFIRMING, Reason.DEADLINE_ENOUGH)),
        (LEAST - 1, 1, AFTER, NextMove(CONFIRMING, Reason.DEADLINE_ENOUGH)),
        (LEAST - 1, 0, AFTER, NextMove(FAILED, Reason.DEADLINE_TOO_LITTLE)),
        (0, LEAST - 1, AFTER, NextMove(FAILED, Reason.DEADLINE_TOO_LITTLE)),
        (GOAL, 0, AFTER, NextMove(FUNDED, Reason.GOAL_REACHED)),
    ],
)
def test_a_collecting_project_moves_by_its_sums(
    settled: int, promised: int, now: dt.datetime, expected: NextMove | None
) -> None:
    assert next_move(standing(FUNDING, settled, promised), now=now) == expected


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_a_declined_card_promises_nothing(now: dt.datetime) -> None:
    expected = None if now == BEFORE else NextMove(FAILED, Reason.DEADLINE_TOO_LITTLE)

    assert next_move(standing(FUNDING, 0, 0, failing=GOAL), now=now) == expected


@pytest.mark.parametrize(
    ("settled", "promised", "failing", "is_waited", "now", "expected"),
    [
        (GOAL, 0, 0, True, BEFORE, NextMove(FUNDED, Reason.CHARGED_GOAL)),
        (GOAL, 500, 500, True, AFTER, NextMove(FUNDED, Reason.CHARGED_GOAL)),
        (LEAST, 1, 0, True, BEFORE, None),
        (LEAST, 0, 1, True, BEFORE, None),
        (0, GOAL, 0, True, AFTER, None),
        # Nothing can come any more: decided before its time.
        (LEAST, 0, 0, True, BEFORE, NextMove(FUNDED, Reason.CHARGED_ENOUGH)),
        (LEAST - 1, 0, 0, True, BEFORE, NextMove(FUNDING, Reason.CHARGED_TOO_LITTLE_YET)),
        (LEAST - 1, 0, 0, True, AFTER, NextMove(FAILED, Reason.CHARGED_TOO_LITTLE)),
        # The time for cards is over.
        (LEAST, 1, 1, False, BEFORE, NextMove(FUNDED, Reason.CHARGED_ENOUGH)),
        (LEAST - 1, 1, 1, False, BEFORE, NextMove(FUNDING, Reason.CHARGED_TOO_LITTLE_YET)),
        (LEAST - 1, 1, 1, False, AFTER, NextMove(FAILED, Reason.CHARGED_TOO_LITTLE)),
    ],
)
def test_a_charging_project_waits_for_cards_and_then_decides(
    settled: int, promised: int, failing: int, is_waited: bool, now: dt.datetime, expected: NextMove | None
) -> None:
    ends = now + dt.timedelta(hours=1) if is_waited else now

    assert next_move(standing(CONFIRMING, settled, promised, failing, ends), now=now) == expected


@pytest.mark.parametrize("state", [state for state in ProjectState if state not in {FUNDING, CONFIRMING}])
def test_every_other_state_is_left_by_people_alone(state: ProjectState) -> None:
    assert next_move(standing(state, GOAL, GOAL, GOAL), now=AFTER) is None


@pytest.mark.parametrize(
    ("gifts", "surplus", "expected"),
    [
        ([], 100, []),
        ([(3, 50), (2, 50), (1, 50)], 0, []),
        ([(3, 50), (2, 50), (1, 50)], 49, []),
        ([(3, 50), (2, 50), (1, 50)], 100, [3, 2]),
        ([(3, 60), (2, 30), (1, 10)], 45, [2, 1]),
        ([(1, 50)], -50, []),
    ],
)
def test_the_newest_gifts_are_not_needed_first(
    gifts: list[tuple[int, int]], surplus: int, expected: list[int]
) -> None:
    assert unneeded(gifts, surplus_cents=surplus) == expected


@given(
    st.lists(st.integers(1, 10_000), max_size=20).map(lambda sums: list(enumerate(sums))),
    st.integers(0, 200_000),
)
def test_what_is_not_needed_never_eats_into_the_goal(gifts: list[tuple[int, int]], goal: int) -> None:
    total = sum(cents for _gift, cents in gifts)
    spare = unneeded(gifts, surplus_cents=total - goal)

    assert total - sum(dict(gifts)[gift] for gift in spare) >= min(goal, total)
