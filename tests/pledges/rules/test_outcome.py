"""Outcomes: every reason at its very limit."""

from collections import Counter

import pytest

from pledges.rules.counting import NOBODY, Ballot, Method, Tally, count
from pledges.rules.outcome import Outcome, Reason, Terms, after_publication, outcome_of

TERMS = Terms(quorum_ballots=10, quorum_percent=20, threshold_percent=50, minimum_ballots=5)


def counted(votes: dict[str, int], withdrawn: tuple[str, ...] = ()) -> Tally:
    ballots: Counter[Ballot] = Counter({(option,): number for option, number in votes.items()})
    return count(ballots, method=Method.SINGLE, options=["a", "b", "c", NOBODY], withdrawn=withdrawn)


def decided(votes: dict[str, int], *, eligible: int = 50, withdrawn: tuple[str, ...] = ()) -> Outcome:
    tally = counted(votes, withdrawn)
    return outcome_of(tally, TERMS, eligible=eligible, withdrawn_after_closing=withdrawn)


@pytest.mark.parametrize(
    ("votes", "eligible", "reason"),
    [
        ({"a": 5, "b": 3, "c": 2}, 50, Reason.RECOMMENDED),  # 10 of 50 are 20 percent, 5 of 10 are 50
        ({"a": 5, "b": 3, "c": 2}, 51, Reason.QUORUM_MISSED),  # 10 of 51 are less than 20 percent
        ({"a": 9}, 20, Reason.QUORUM_MISSED),  # 45 percent, but 9 ballots
        ({"a": 5}, 20, Reason.QUORUM_MISSED),  # 5 may be shown
        ({"a": 4}, 20, Reason.TOO_FEW),  # 4 may not
        ({"zzz": 10}, 50, Reason.QUORUM_MISSED),  # ten took part, no ballot is valid
        ({"a": 5, "b": 4, "c": 2}, 50, Reason.BELOW_THRESHOLD),  # 5 of 11
        ({"a": 5, "b": 5}, 50, Reason.TIE),
        ({"a": 4, NOBODY: 6}, 50, Reason.NOBODY_CHOSEN),
        ({"a": 4, "b": 3, NOBODY: 5}, 50, Reason.BELOW_THRESHOLD),  # 5 of 12
    ],
)
def test_the_first_reason_that_holds_is_given(votes: dict[str, int], eligible: int, reason: Reason) -> None:
    outcome = decided(votes, eligible=eligible)

    assert outcome.reason == reason
    assert outcome.option == ("a" if reason == Reason.RECOMMENDED else None)
    assert outcome.shows_tallies == (reason != Reason.TOO_FEW)


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        ({"a": 9, "b": 4, "c": 4}, Reason.RECOMMENDED),  # without c: a leads by 5, 4 are stranded
        ({"a": 9, "b": 5, "c": 4}, Reason.WITHDRAWN_DECIDES),  # a leads by 4, as many are stranded
        ({"a": 3, "b": 1, "c": 20}, Reason.WITHDRAWN_DECIDES),
    ],
)
def test_a_single_choice_is_void_if_stranded_ballots_could_turn_it(
    votes: dict[str, int], reason: Reason
) -> None:
    outcome = decided(votes, withdrawn=("c",))

    assert (outcome.reason, outcome.shows_tallies) == (reason, reason == Reason.RECOMMENDED)


def test_withdrawing_before_closing_voids_nothing_for_ballots_could_be_changed() -> None:
    tally = counted({"a": 9, "b": 5, "c": 4}, ("c",))

    assert outcome_of(tally, TERMS, eligible=50).reason == Reason.RECOMMENDED


def test_rankings_are_recounted_without_the_withdrawn() -> None:
    ballots = Counter({("c", "b"): 7, ("a",): 5, ("c",): 1})
    tally = count(ballots, method=Method.RANKED, options="abc", withdrawn="c")

    outcome = outcome_of(tally, TERMS, eligible=50, withdrawn_after_closing="c")

    assert (outcome.reason, outcome.option, outcome.leader_votes) == (Reason.RECOMMENDED, "b", 7)


def test_no_candidate_is_left() -> None:
    outcome = decided({"a": 10, NOBODY: 10}, withdrawn=("a", "b", "c"))

    assert (outcome.reason, outcome.shows_tallies) == (Reason.NO_CANDIDATE_LEFT, False)


def test_after_publication_only_the_recommended_one_matters() -> None:
    outcome = decided({"a": 8, "b": 4})

    assert after_publication(outcome, "b") == outcome
    assert after_publication(outcome, "a").reason == Reason.LIFTED
    assert after_publication(outcome, "a").option is None


def test_more_ballots_than_people_are_an_error() -> None:
    with pytest.raises(ValueError, match="11 ballots of 10 eligible people"):
        decided({"a": 11}, eligible=10)
