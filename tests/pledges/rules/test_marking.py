"""Reading a marked ballot: right ones in order, every mistake by its name."""

import pytest

from pledges.rules.counting import Method
from pledges.rules.marking import Marking, Mistake, read_choices, read_ranks

OFFERED = ("ada", "ben", "none")


@pytest.mark.parametrize(
    ("typed", "marking"),
    [
        ({"ada": "2", "ben": "1", "none": ""}, Marking(("ben", "ada"))),
        ({"ada": " 1 ", "ben": ""}, Marking(("ada",))),
        ({"ada": "", "ben": " "}, Marking((), Mistake.NOTHING)),
        ({"ada": "1", "ben": "1"}, Marking((), Mistake.SAME_RANK, 1)),
        ({"ada": "1", "ben": "2", "none": "2"}, Marking((), Mistake.SAME_RANK, 2)),
        ({"ada": "1", "ben": "3"}, Marking((), Mistake.GAP, 2)),
        ({"ada": "2"}, Marking((), Mistake.GAP, 1)),
        *(
            ({"ada": text}, Marking((), Mistake.NO_RANK))
            for text in ("0", "-1", "1.0", "x", "１", "100", "01")
        ),
    ],
)
def test_ranks_are_read_or_refused(typed: dict[str, str], marking: Marking) -> None:
    assert read_ranks(typed) == marking


@pytest.mark.parametrize(
    ("chosen", "method", "marking"),
    [
        (["ada"], Method.SINGLE, Marking(("ada",))),
        (["ada", "ada"], Method.SINGLE, Marking(("ada",))),
        (["ben", "ada"], Method.SINGLE, Marking((), Mistake.TOO_MANY)),
        (["ben", "ada"], Method.APPROVAL, Marking(("ada", "ben"))),
        ([], Method.APPROVAL, Marking((), Mistake.NOTHING)),
        (["ada", "zed"], Method.APPROVAL, Marking((), Mistake.UNKNOWN)),
        ([""], Method.SINGLE, Marking((), Mistake.UNKNOWN)),
    ],
)
def test_choices_are_read_or_refused(chosen: list[str], method: Method, marking: Marking) -> None:
    assert read_choices(chosen, method=method, offered=OFFERED) == marking
