"""Counting: cases worked by hand, thousands of drawn elections against a second count, and what must never matter."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.rules.counting import NOBODY, Fault, Method, Round, TieBreak, count, fault_of
from tests.pledges.rules import brute

LETTERS = "abcdef"


def ranked(text: str) -> Counter[tuple[str, ...]]:
    """Read "5 a>b, 3 b" as five ballots a>b and three ballots b."""
    lines = [line.split() for line in text.split(",")]
    return Counter({tuple(order.split(">")): int(number) for number, order in lines})


def drawn_election(seed: int) -> tuple[Counter[tuple[str, ...]], str]:
    """Two to six options and up to 60 truncated rankings; small numbers, so that ties are frequent."""
    draw = random.Random(seed)
    options = LETTERS[: draw.randint(2, 6)]
    most = draw.choice([3, 12, 60])
    papers = [
        tuple(draw.sample(options, draw.randint(1, len(options)))) for _paper in range(draw.randint(1, most))
    ]
    return Counter(papers), options


@pytest.mark.parametrize(
    ("ballot", "method", "fault"),
    [
        (("a",), Method.SINGLE, None),
        ((), Method.SINGLE, Fault.UNMARKED),
        (("a", "b"), Method.SINGLE, Fault.TOO_MANY),
        (("z",), Method.SINGLE, Fault.UNKNOWN),
        (("a", "b"), Method.APPROVAL, None),
        (("a", "a"), Method.APPROVAL, Fault.REPEATED),
        (("b", NOBODY, "a"), Method.RANKED, None),
        (("b",), Method.RANKED, None),
        (("b", "a", "b"), Method.RANKED, Fault.REPEATED),
        (("b", "z"), Method.RANKED, Fault.UNKNOWN),
        ((), Method.RANKED, Fault.UNMARKED),
    ],
)
def test_a_ballot_counts_or_has_a_fault(ballot: tuple[str, ...], method: Method, fault: Fault | None) -> None:
    assert fault_of(ballot, method=method, options={"a", "b", NOBODY}) == fault


@pytest.mark.parametrize(
    ("text", "votes", "winner", "tied"),
    [
        # 4 : 3 : 2 - the most, though not the half of 9
        ("4 a, 3 b, 2 none", {"a": 4, "b": 3, "c": 0, "none": 2}, "a", ()),
        # 3 : 3 - level, whoever comes first
        ("3 b, 3 a, 2 c", {"a": 3, "b": 3, "c": 2, "none": 0}, None, ("a", "b")),
        # "no recommendation yet" wins like anybody
        ("1 a, 2 none", {"a": 1, "b": 0, "c": 0, "none": 2}, "none", ()),
    ],
)
def test_single_choices_add_up(
    text: str, votes: dict[str, int], winner: str | None, tied: tuple[str, ...]
) -> None:
    tally = count(ranked(text), method=Method.SINGLE, options=["a", "b", "c", NOBODY])

    assert (dict(tally.last_votes), tally.winner, tally.tied) == (votes, winner, tied)


def test_approvals_add_up() -> None:
    # a: 3 + 2 = 5, b: 3 + 1 = 4, c: 2; six ballots
    ballots = Counter({("a", "b"): 3, ("c", "a"): 2, ("b",): 1})

    tally = count(ballots, method=Method.APPROVAL, options="abc")

    assert (dict(tally.last_votes), tally.valid, tally.winner) == ({"a": 5, "b": 4, "c": 2}, 6, "a")


def test_an_overtaking_is_recorded_round_by_round() -> None:
    # 17 ballots, 9 are a majority: a 7, b 6, c 4. c goes: 3 to b, 1 names nobody else. b 9 of 16 in play.
    tally = count(ranked("7 a, 6 b>c, 3 c>b, 1 c"), method=Method.RANKED, options="abc")

    assert tally.rounds == (
        Round({"a": 7, "b": 6, "c": 4}, 0, ("c",), None, {"c": {"b": 3, None: 1}}),
        Round({"a": 7, "b": 9}, 1),
    )
    assert tally.winner == "b"


@pytest.mark.parametrize(
    ("text", "gone", "winner", "tied"),
    [
        # 6 of 10: over at once
        ("6 a, 3 b>c, 1 c", [], "a", ()),
        # 5 of 10 is no majority; c goes, its ballot helps b: 5 to 5, and the last two are level
        ("5 a, 4 b, 1 c>b", [(("c",), None)], None, ("a", "b")),
        # a 5, b 4, c 1, d 1: 1 + 1 < 4, both go at once; a 5 + 1, b 4 + 1
        ("5 a, 4 b, 1 c>a, 1 d>b", [(("c", "d"), TieBreak.TOGETHER)], "a", ()),
        # a 4, b 2, c 2: 2 + 2 is not less than 4, and no former round tells b from c
        ("4 a, 2 b>c, 2 c>b", [], None, ("b", "c")),
        # a 6, b 4, c 3, d 1. d goes to c: b 4, c 4, level; one round earlier c had 3, so c goes: 4 to b. 8 of 14
        ("6 a, 4 b, 3 c>b, 1 d>c>b", [(("d",), None), (("c",), TieBreak.FORMER_ROUND)], "b", ()),
        # all level from the start
        ("2 a, 2 b, 2 c", [], None, ("a", "b", "c")),
        # "no recommendation yet" is eliminated like anybody: a 4, b 3, none 2; both of its ballots go to b
        ("4 a, 3 b, 2 none>b", [(("none",), None)], "b", ()),
    ],
)
def test_run_offs_worked_by_hand(
    text: str, gone: list[tuple[tuple[str, ...], TieBreak | None]], winner: str | None, tied: tuple[str, ...]
) -> None:
    ballots = ranked(text)
    options = {option for ballot in ballots for option in ballot}

    tally = count(ballots, method=Method.RANKED, options=options)

    assert [(one.eliminated, one.broken_by) for one in tally.rounds[:-1]] == gone
    assert (tally.winner, tally.tied) == (winner, tied)


def test_a_run_off_goes_on_until_the_threshold_is_met_or_two_are_left() -> None:
    # a has 6 of 11; 60 percent would be 6.6. c goes, its 2 to a: 8 of 11.
    ballots = ranked("6 a, 3 b, 2 c>a")

    short = count(ballots, method=Method.RANKED, options="abc", threshold_percent=50)
    long = count(ballots, method=Method.RANKED, options="abc", threshold_percent=60)

    assert (len(short.rounds), len(long.rounds), long.last_votes["a"]) == (1, 2, 8)


def test_a_tie_behind_a_majority_ends_the_count_with_its_winner() -> None:
    # a has 11 of 21, 70 percent are 14.7; b 3 + c 3 are not less than d 4, and level from the start
    tally = count(ranked("11 a, 4 d, 3 b, 3 c>a"), method=Method.RANKED, options="abcd", threshold_percent=70)

    assert (tally.winner, tally.tied, len(tally.rounds)) == ("a", (), 1)


def test_no_ballot_names_nobody() -> None:
    for method in Method:
        tally = count({}, method=method, options="abc")
        assert (tally.cast, tally.winner, tally.tied) == (0, None, ())


def test_faulty_and_stranded_ballots_took_part_and_do_not_count() -> None:
    ballots = Counter({("a",): 3, ("c",): 2, ("c", "b"): 1, (): 4, ("z",): 1})

    tally = count(ballots, method=Method.RANKED, options="abc", withdrawn=["c"])

    assert (tally.valid, tally.stranded, tally.rejected, tally.cast) == (4, 2, 5, 11)
    assert dict(tally.last_votes) == {"a": 3, "b": 1}


@pytest.mark.parametrize("block", range(20))
def test_run_offs_agree_with_the_second_count(block: int) -> None:
    for seed in range(block * 100, block * 100 + 100):
        ballots, options = drawn_election(seed)
        tally = count(ballots, method=Method.RANKED, options=options)
        assert tally.winner == brute.instant_winner(list(ballots.elements()), set(options)), seed


def test_no_order_of_elimination_contradicts_a_winner() -> None:
    checked = 0
    for seed in range(2000, 3000):
        ballots, options = drawn_election(seed)
        tally = count(ballots, method=Method.RANKED, options=options)
        if tally.winner and all(one.broken_by != TieBreak.FORMER_ROUND for one in tally.rounds):
            checked += 1
            assert brute.winners_of_all_orders(list(ballots.elements()), set(options)) == {tally.winner}, seed
    assert checked > 500


def test_marks_agree_with_the_second_count() -> None:
    for seed in range(3000, 4000):
        ballots, options = drawn_election(seed)
        tally = count(ballots, method=Method.APPROVAL, options=options)
        papers = list(ballots.elements())
        marks = {option: brute.marks(papers, option) for option in options}
        best = {option for option in options if marks[option] == max(marks.values())}
        assert dict(tally.last_votes) == marks
        assert best == ({tally.winner} if tally.winner else set(tally.tied)), seed


SEEDS = st.integers(0, 10**9)


@given(seed=SEEDS, method=st.sampled_from([Method.APPROVAL, Method.RANKED]), order=st.randoms())
def test_neither_the_order_of_ballots_nor_of_options_matters(
    seed: int, method: Method, order: random.Random
) -> None:
    ballots, options = drawn_election(seed)
    shuffled, reordered = list(ballots.elements()), list(options)
    order.shuffle(shuffled)
    order.shuffle(reordered)

    assert count(Counter(shuffled), method=method, options=reordered) == count(
        ballots, method=method, options=options
    )


@given(seed=SEEDS, order=st.randoms())
def test_names_do_not_matter(seed: int, order: random.Random) -> None:
    ballots, options = drawn_election(seed)
    named = dict(zip(options, order.sample(options, len(options)), strict=True))
    renamed = Counter({tuple(named[option] for option in ballot): n for ballot, n in ballots.items()})

    before = count(ballots, method=Method.RANKED, options=options)
    after = count(renamed, method=Method.RANKED, options=options)

    assert after.winner == (named[before.winner] if before.winner else None)
    assert after.tied == tuple(sorted(named[option] for option in before.tied))


@given(seed=SEEDS)
def test_whoever_has_most_first_preferences_of_all_wins(seed: int) -> None:
    ballots, options = drawn_election(seed)
    ballots[("a", "b")] += ballots.total() + 1

    assert count(ballots, method=Method.RANKED, options=options).winner == "a"


@given(seed=SEEDS, percent=st.integers(0, 100))
def test_no_vote_is_lost_or_made(seed: int, percent: int) -> None:
    ballots, options = drawn_election(seed)

    tally = count(ballots, method=Method.RANKED, options=options, threshold_percent=percent)

    assert {sum(one.votes.values()) + one.exhausted for one in tally.rounds} == {ballots.total()}
    for one in tally.rounds[:-1]:
        moved = {option: sum((one.transfers or {})[option].values()) for option in one.eliminated}
        assert moved == {option: one.votes[option] for option in one.eliminated}
