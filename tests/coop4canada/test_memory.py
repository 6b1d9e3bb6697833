"""What a process remembers for some seconds."""

from datetime import UTC, datetime, timedelta

import pytest

from coop4canada.kit.memory import ShortMemory, forget_everything

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "found"),
    [(timedelta(0), 1), (timedelta(seconds=4.9), 1), (timedelta(seconds=5), 2), (timedelta(seconds=-1), 2)],
)
def test_an_answer_is_kept_for_its_life(later: timedelta, found: int) -> None:
    memory: ShortMemory[int] = ShortMemory(timedelta(seconds=5))
    answers = iter([1, 2])
    memory.recall("key", lambda: next(answers), now=NOON)

    assert memory.recall("key", lambda: next(answers), now=NOON + later) == found


def test_keys_are_told_apart_and_their_number_is_bounded() -> None:
    memory: ShortMemory[int] = ShortMemory(timedelta(seconds=5), most=2)
    for key in range(5):
        memory.keep(key, key, now=NOON)

    assert [memory.known(key, now=NOON) for key in range(5)] == [None, None, None, None, 4]


def test_everything_can_be_forgotten_at_once() -> None:
    memories = [ShortMemory[int](timedelta(seconds=5)) for _number in range(2)]
    for memory in memories:
        memory.keep("key", 1, now=NOON)

    forget_everything()

    assert [memory.known("key", now=NOON) for memory in memories] == [None, None]


def test_that_there_is_nothing_is_remembered_too() -> None:
    memory: ShortMemory[int | None] = ShortMemory(timedelta(seconds=5))
    answers = iter([None, 1])
    memory.recall("key", lambda: next(answers), now=NOON)

    assert memory.recall("key", lambda: next(answers), now=NOON) is None
