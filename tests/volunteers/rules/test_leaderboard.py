"""Who did how much: skipping through a list wins nothing (failure case 39)."""

from dataclasses import replace
from datetime import timedelta

from tests.volunteers.contacting import NOON
from volunteers.rules.leaderboard import Deed, Standing, standings

ANA, BEN = 1, 2
SECOND = timedelta(seconds=1)
CALL = Deed(ANA, "phone 1", NOON, NOON, NOON + 60 * SECOND, is_call=True, is_conversation=True)
DOOR = Deed(BEN, "door 1", NOON)


def call(phone: str, seconds: int, **fields: object) -> Deed:
    changed = {"thing": phone, "ended_at": NOON + seconds * SECOND, "is_conversation": False, **fields}
    return replace(CALL, **changed)  # type: ignore[arg-type]


def test_conversations_come_before_attempts() -> None:
    doors = [replace(DOOR, thing=f"door {n}", happened_at=NOON + n * 60 * SECOND) for n in range(3)]

    assert standings([*doors, CALL]) == (Standing(ANA, 1, 0, 1), Standing(BEN, 0, 3, 0))


def test_calls_that_cannot_have_rung_or_were_left_open_do_not_count() -> None:
    deeds = [call("a", 7), call("b", 8), call("c", 3600), call("d", 3601), call("e", 30, dialled_at=None)]

    assert standings(deeds) == (Standing(ANA, 2, 0, 0),)


def test_a_phone_counts_once_and_as_a_conversation_if_one_came_of_it() -> None:
    again = replace(CALL, happened_at=NOON + timedelta(hours=1))

    assert standings([call("phone 1", 20), again, again]) == (Standing(ANA, 1, 0, 1),)


def test_doors_follow_each_other_no_faster_than_one_walks() -> None:
    doors = [replace(DOOR, thing=f"door {n}", happened_at=NOON + n * SECOND) for n in (0, 14, 28, 43)]

    assert standings(doors) == (Standing(BEN, 0, 2, 0),)


def test_nothing_done_is_nobody_on_the_board() -> None:
    assert standings([call("a", 1)]) == ()
