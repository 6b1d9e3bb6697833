"""The ballot file: recounted it gives what was published; anything odd about it is refused."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.rules.ballot_file import (
    AFTER,
    BEFORE,
    BadFile,
    BallotFile,
    FileOption,
    Stated,
    read_file,
    recount,
    stated,
    used_parts,
    write_file,
)
from pledges.rules.counting import NOBODY, Method, count
from pledges.rules.outcome import Terms

KEYS = ("ada", "ben", "cy", "dee")
ALL = (*KEYS, NOBODY)


def file(method: Method, ballots: Counter[tuple[str, ...]], **fields: Any) -> BallotFile:
    options = tuple(FileOption(key, key.capitalize(), "NDP", None) for key in KEYS)
    made = BallotFile(
        round=7,
        riding=35001,
        election="the general election",
        closes_at="2026-12-01T00:00:00+00:00",
        method=method,
        options=options,
        terms=Terms(1, 0, 50, 5),
        eligible=ballots.total() + 3,
        ballots=ballots,
        outcome=Stated("tie", None, 0, 0),
    )
    return replace(made, **fields)


ranking = st.permutations(ALL).flatmap(
    lambda order: st.integers(1, len(ALL)).map(lambda most: tuple(order[:most]))
)
approval = st.sets(st.sampled_from(ALL), min_size=1).map(lambda marks: tuple(sorted(marks)))
BALLOTS = {
    Method.RANKED: ranking,
    Method.APPROVAL: approval,
    Method.SINGLE: st.sampled_from(ALL).map(lambda key: (key,)),
}


@st.composite
def elections(draw: st.DrawFn) -> BallotFile:
    method = draw(st.sampled_from(list(Method)))
    ballots = Counter(draw(st.lists(BALLOTS[method], min_size=1, max_size=40)))
    gone = draw(st.dictionaries(st.sampled_from(KEYS), st.sampled_from([BEFORE, AFTER]), max_size=3))
    options = tuple(FileOption(key, key.capitalize(), "NDP", gone.get(key)) for key in KEYS)
    terms = Terms(draw(st.integers(0, 20)), draw(st.integers(0, 100)), draw(st.integers(0, 100)), 5)
    return file(method, ballots, options=options, terms=terms)


@settings(max_examples=400, deadline=None)
@given(elections())
def test_what_is_published_of_the_ballots_gives_the_same_count(whole: BallotFile) -> None:
    tally, outcome = recount(whole)
    used = used_parts(whole.ballots, tally, ALL)
    published = write_file(replace(whole, ballots=used, outcome=stated(outcome)))

    again, same = recount(read_file(published))

    assert (again, same) == (tally, outcome)
    assert read_file(published).outcome == stated(same)


def test_of_a_ranking_only_what_the_count_looked_at_is_published() -> None:
    ballots = Counter(
        {("ada", "ben", "cy"): 6, ("ben", "ada"): 4, ("cy", "dee", "ben", "none"): 1, ("cy",): 1}
    )
    tally = count(ballots, method=Method.RANKED, options=ALL)

    assert tally.winner == "ada"
    assert used_parts(ballots, tally, ALL) == {("ada",): 6, ("ben",): 4, ("cy", "ben"): 1, ("cy",): 1}


def test_a_file_is_written_in_one_way_only() -> None:
    one = file(Method.SINGLE, Counter({("ada",): 3, ("ben",): 2}))
    other = file(Method.SINGLE, Counter({("ben",): 2, ("ada",): 3}))

    assert write_file(one) == write_file(other)
    assert read_file(write_file(one)) == one


def changed(change: Any) -> bytes:
    values = json.loads(write_file(file(Method.SINGLE, Counter({("ada",): 3, ("ben",): 2}))))
    change(values)
    return f"{json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def put(*path: Any, value: Any) -> Any:
    def change(values: Any) -> None:
        for step in path[:-1]:
            values = values[step]
        values[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("format", value="coop4canada recommendation ballots 2"),
        put("more", value=1),
        put("round", value=True),
        put("round", value=-1),
        put("riding", value="35001"),
        put("eligible", value=4),
        put("eligible", value=1e9),
        put("method", value="borda"),
        put("method", value=["single"]),
        put("options", 0, "key", value="ben"),
        put("options", 0, "key", value="none"),
        put("options", 0, "withdrawn", value="later"),
        put("options", 0, value="ada"),
        put("options", value={}),
        put("terms", "quorum_percent", value="20"),
        put("ballots", 0, "marks", value=["ada", "ben"]),
        put("ballots", 0, "marks", value=["zed"]),
        put("ballots", 0, "marks", value=[]),
        put("ballots", 0, "marks", value="ada"),
        put("ballots", 0, "count", value=0),
        put("ballots", 1, value={"count": 2, "marks": ["ada"]}),
        put("outcome", "reason", value="won"),
        put("outcome", "option", value=5),
        lambda values: values.pop("terms"),
        lambda values: values["ballots"].reverse(),
    ],
)
def test_a_file_that_is_odd_is_refused(change: Any) -> None:
    with pytest.raises(BadFile):
        read_file(changed(change))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{" * 100_000,
        b'{"format": NaN}',
        b'{"format": 1, "format": 1}',
        changed(lambda values: None)[:-1],
        changed(lambda values: None) + b" ",
        b" " * 20_000_001,
    ],
    ids=["empty", "list", "null", "bytes", "deep", "nan", "twice", "cut", "longer", "huge"],
)
def test_what_is_no_file_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        read_file(content)


def test_the_unchanged_file_is_read() -> None:
    assert read_file(changed(lambda values: None)).ballots == {("ada",): 3, ("ben",): 2}
