import datetime as dt

import pytest

from volunteers.enums import ListState
from volunteers.rules.lists import ListFacts, Obstacle, is_due, longest_day, obstacle_to

TODAY = dt.date(2026, 11, 25)
LATER = TODAY + dt.timedelta(days=1)
ALLOWED = {
    ("draft", "active"), ("draft", "closed"), ("active", "paused"), ("active", "closed"),
    ("paused", "active"), ("paused", "closed"),
}  # fmt: skip


@pytest.mark.parametrize("target", ListState)
@pytest.mark.parametrize("state", ListState)
def test_every_move(state: ListState, target: ListState) -> None:
    obstacle = obstacle_to(target, ListFacts(state, 1, LATER), today=TODAY)

    assert obstacle == (None if (state, target) in ALLOWED else Obstacle.NO_SUCH_MOVE)


def test_an_empty_list_is_not_worked_on_but_may_be_closed() -> None:
    facts = ListFacts(ListState.DRAFT, 0, LATER)

    assert obstacle_to(ListState.ACTIVE, facts, today=TODAY) == Obstacle.EMPTY
    assert obstacle_to(ListState.CLOSED, facts, today=TODAY) is None


def test_a_list_past_its_day_is_not_worked_on() -> None:
    facts = ListFacts(ListState.PAUSED, 5, TODAY)

    assert obstacle_to(ListState.ACTIVE, facts, today=TODAY) == Obstacle.PAST_ITS_DAY


@pytest.mark.parametrize(("day", "due"), [(TODAY, True), (LATER, False), (dt.date(2020, 1, 1), True)])
def test_a_list_is_due_on_its_day(day: dt.date, *, due: bool) -> None:
    assert is_due(day, today=TODAY) == due


def test_the_longest_day_counts_from_the_making() -> None:
    assert longest_day(TODAY, most_days=30) == dt.date(2026, 12, 25)
