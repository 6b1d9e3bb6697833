"""Tables of polling averages as organizers paste them."""

import datetime as dt

import pytest

from ridings.rules.averages_table import AverageRow, read_averages

PARTIES = {"CPC", "LPC"}
HEADER = "region,party,as_of,share,source\n"


def test_a_good_table_is_read() -> None:
    rows, problems = read_averages(
        HEADER + "ON,CPC,2026-09-01,0.41,Abacus\nON,LPC,2026-09-01,0.44,Abacus\n", PARTIES
    )

    assert problems == []
    assert rows[0] == AverageRow("ON", "CPC", dt.date(2026, 9, 1), 0.41, "Abacus")
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("Ontario,CPC,2026-09-01,0.4,x", "unknown region 'Ontario'"),
        ("ON,XYZ,2026-09-01,0.4,x", "unknown party 'XYZ'"),
        ("ON,CPC,1 Sept,0.4,x", "is not a date"),
        ("ON,CPC,2026-09-01,41,x", "does not lie between 0 and 1"),
        ("ON,CPC,2026-09-01,nan,x", "does not lie between 0 and 1"),
        ("ON,CPC,2026-09-01,many,x", "is not a number"),
        ("ON,CPC,2026-09-01,0.4,", "the source is empty"),
        ("ON,CPC", "the source is empty"),
        ("ON,CPC,2026-09-01,0.4,x\nON,CPC,2026-09-01,0.5,x", "stands twice"),
        ("ON,CPC,2026-09-01,0.6,x\nON,LPC,2026-09-01,0.6,x", "add up to 1.200"),
        ("", "no row"),
    ],
)
def test_every_wrong_table_is_explained(lines: str, problem: str) -> None:
    _rows, problems = read_averages(HEADER + lines, PARTIES)

    assert len(problems) == 1
    assert problem in problems[0]


def test_a_missing_column_is_named() -> None:
    assert read_averages("region,party\nON,CPC\n", PARTIES) == (
        [],
        ["Line 1: the header lacks as_of, share, source."],
    )
