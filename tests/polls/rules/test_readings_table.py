"""CSV tables as people write them, and as they should not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.enums import TableProblem as Problem
from polls.rules.readings import Reading
from polls.rules.readings_table import LineProblem, read_readings
from polls.rules.share_text import BadShare, read_share

HEADER = "question,basis,group,answer,share,base"


def read(text: str) -> tuple[tuple[Reading, ...], tuple[LineProblem, ...]]:
    return read_readings(text, questions=[1, 2], parties=["CPC", "LPC"])


def test_a_table_is_read() -> None:
    rows, problems = read(f"{HEADER}\n1,all,,CPC,42 %,600\n2,Leaning, Women ,undecided,0.085,\n\n")
    assert problems == ()
    assert rows == (
        Reading(1, "all", "", "CPC", 0.42, 600),
        Reading(2, "leaning", "Women", "undecided", 0.085, None),
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + f"{HEADER}\r\n1,all,,CPC,42%,600\r\n",
        "question;basis;group;answer;share_percent;base\n1;all;;cpc;42,0;600\n",
        "Question\tBasis\tGroup\tAnswer\tShare_Percent\tBase\n1\tALL\t\tCpc\t42\t600\n",
    ],
    ids=["windows", "french", "tabs"],
)
def test_other_ways_to_write_the_same(text: str) -> None:
    assert read(text) == ((Reading(1, "all", "", "CPC", 0.42, 600),), ())


@pytest.mark.parametrize(
    ("line", "problem", "value"),
    [
        ("3,all,,CPC,0.5,", Problem.QUESTION, "3"),
        ("one,all,,CPC,0.5,", Problem.QUESTION, "one"),
        ("1,some,,CPC,0.5,", Problem.BASIS, "some"),
        ("1,all,,XYZ,0.5,", Problem.ANSWER, "XYZ"),
        ("1,all,,CPC,42,", Problem.SHARE_AMBIGUOUS, "42"),
        ("1,all,,CPC,1,", Problem.SHARE_AMBIGUOUS, "1"),
        ("1,all,,CPC,1.5,", Problem.SHARE_AMBIGUOUS, "1.5"),
        ("1,all,,CPC,101 %,", Problem.SHARE, "101 %"),
        ("1,all,,CPC,-0.5,", Problem.SHARE, "-0.5"),
        ("1,all,,CPC,much,", Problem.SHARE, "much"),
        ("1,all,,CPC,,", Problem.SHARE, ""),
        ("1,all,,CPC,0.5,many", Problem.BASE, "many"),
        ("1,all,,CPC,0.5,99999999", Problem.BASE, "99999999"),
        ("1,all,a\0b,CPC,0.5,", Problem.GROUP, "a\0b"),
        (f"1,all,{'x' * 61},CPC,0.5,", Problem.GROUP, "x" * 60),
        ("1,all,,CPC,0.5", Problem.CELLS, ""),
        ("1,all,,CPC,0.5,,more", Problem.CELLS, ""),
        ('1,all,"x,CPC,0.5,', Problem.NOT_A_TABLE, ""),
    ],
)
def test_every_wrong_line_is_named(line: str, problem: Problem, value: str) -> None:
    _rows, problems = read(f"{HEADER}\n1,all,,LPC,0.5,\n{line}\n")
    assert problems == (LineProblem(3, problem, value),)


def test_a_row_that_stands_twice_is_named() -> None:
    _rows, problems = read(f"{HEADER}\n1,all,,CPC,0.5,\n1,all,,cpc,0.4,\n")
    assert problems == (LineProblem(3, Problem.TWICE, "CPC"),)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [Problem.NO_COLUMN] * 6),
        (HEADER, [Problem.EMPTY]),
        ("question,basis,group,answer,base\n", [Problem.NO_COLUMN]),
        (f"{HEADER},share_percent\n", [Problem.COLUMN_TWICE]),
        (f"{HEADER},base\n", [Problem.COLUMN_TWICE]),
    ],
)
def test_a_table_without_its_columns_is_none(text: str, problems: list[Problem]) -> None:
    rows, found = read(text)
    assert rows == ()
    assert [one.problem for one in found] == problems


@given(text=st.text(max_size=300))
def test_no_text_is_an_accident(text: str) -> None:
    rows, problems = read(f"{HEADER}\n{text}")
    assert rows or problems


@pytest.mark.parametrize(
    ("text", "in_percent", "share"),
    [
        ("42 %", False, 0.42),
        ("42,5%", False, 0.425),
        ("0.42", False, 0.42),
        ("0", False, 0.0),
        ("1.0", False, 1.0),
        ("100 %", False, 1.0),
        ("0.42", True, 0.0042),
        ("42", True, 0.42),
        ("42\N{NO-BREAK SPACE}%", True, 0.42),
    ],
)
def test_shares_as_they_are_typed(text: str, in_percent: bool, share: float) -> None:
    assert read_share(text, in_percent=in_percent) == share


@pytest.mark.parametrize(
    ("text", "is_ambiguous"),
    [
        ("42", True),
        ("1", True),
        ("1.01", True),
        ("nan", False),
        ("1e-1", False),
        ("١", False),
        ("200 %", False),
    ],
)
def test_what_is_no_share_or_could_be_two(text: str, is_ambiguous: bool) -> None:
    with pytest.raises(BadShare) as caught:
        read_share(text)
    assert caught.value.is_ambiguous is is_ambiguous
