"""The two rules of the map, by hand-worked ridings and by properties."""

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.rules.classification import Evidence, classify_pivotal, classify_vote_together
from ridings.rules.parameters import PARTIES_OF_2015, Parties, PivotalParameters, VoteTogetherParameters
from ridings.rules.votes import shares_of

ALL = Parties(target="CPC", cooperating=("BQ", "GPC", "LPC", "NDP"))
LIMITS_2015 = VoteTogetherParameters()
PIVOTAL = PivotalParameters()


def evidence(votes: dict[str, int], projected: dict[str, float] | None = None) -> Evidence:
    shares = projected or shares_of(votes)
    return Evidence(votes=votes, projected=shares, low=shares, high=shares, year=2025)


@pytest.mark.parametrize(
    ("votes", "kind"),
    [
        ({"CPC": 500, "LPC": 351, "NDP": 149}, "swing"),  # lead 14.9 points
        ({"CPC": 500, "LPC": 350, "NDP": 150}, "other"),  # lead exactly 15 points: strictly less is meant
        ({"LPC": 400, "CPC": 351, "NDP": 249}, "swing"),  # partner ahead by 4.9
        ({"LPC": 400, "CPC": 350, "NDP": 250}, "other"),  # partner ahead by exactly 5
        ({"LPC": 400, "NDP": 390, "CPC": 210}, "other"),  # target third
        ({"CPC": 500, "BQ": 400, "LPC": 100}, "other"),  # the Bloc was no partner in 2015
        ({"CPC": 400, "IND": 390, "LPC": 210}, "other"),  # runner-up is no partner
        ({"CPC": 100}, "other"),  # no opponent
        ({}, "other"),  # no votes
    ],
)
def test_vote_together_follows_the_published_limits(votes: dict[str, int], kind: str) -> None:
    assert classify_vote_together(evidence(votes), PARTIES_OF_2015, LIMITS_2015).kind == kind


@pytest.mark.parametrize(
    ("projected", "kind"),
    [
        ({"CPC": 0.55, "LPC": 0.41, "NDP": 0.04}, "emerging"),  # down 5 points, lead 14
        ({"CPC": 0.551, "LPC": 0.41, "NDP": 0.039}, "other"),  # down 4.9
        ({"CPC": 0.55, "LPC": 0.40, "NDP": 0.05}, "other"),  # lead 15: strictly less is meant
        ({"CPC": 0.30, "LPC": 0.60, "NDP": 0.10}, "emerging"),  # behind by now
    ],
)
def test_vote_together_emerging_needs_a_drop_and_a_small_projected_lead(
    projected: dict[str, float], kind: str
) -> None:
    votes = {"CPC": 600, "LPC": 300, "NDP": 100}

    verdict = classify_vote_together(evidence(votes, projected), PARTIES_OF_2015, LIMITS_2015)

    assert verdict.kind == kind


def test_main_reason_tells_who_won_over_whom_and_where_the_split_went() -> None:
    votes = {"CPC": 4420, "LPC": 4000, "NDP": 1130, "GPC": 450}

    reason = classify_vote_together(evidence(votes), PARTIES_OF_2015, LIMITS_2015).reasons[0]

    assert reason.code == "last_result"
    assert reason.values == {
        "winner": "CPC",
        "runner_up": "LPC",
        "lead": pytest.approx(0.042),
        "third": "NDP",
        "third_share": pytest.approx(0.113),
        "year": 2025,
    }


def test_pivotal_numbers_are_the_formula_worked_by_hand() -> None:
    votes = {"CPC": 420, "LPC": 380, "NDP": 150, "GPC": 50}
    normal = NormalDist()

    numbers = classify_pivotal(evidence(votes), ALL, PIVOTAL).numbers

    alone, together = normal.cdf(0.04 / 0.10), normal.cdf((0.04 - 0.20 / 3) / 0.10)
    assert numbers["chance"] == pytest.approx(alone)
    assert numbers["chance_with_cooperation"] == pytest.approx(together)
    assert numbers["leverage"] == pytest.approx(alone - together)
    assert (numbers["best"], numbers["gap"]) == ("LPC", pytest.approx(0.23))


@pytest.mark.parametrize(
    ("projected", "kind", "last_reason"),
    [
        ({"CPC": 0.42, "LPC": 0.38, "NDP": 0.20}, "swing", "leverage"),
        ({"CPC": 0.45, "LPC": 0.48, "NDP": 0.07}, "emerging", "leverage"),
        ({"CPC": 0.80, "LPC": 0.15, "NDP": 0.05}, "other", "leverage_small"),
        ({"LPC": 0.60, "NDP": 0.40}, "other", "leverage_small"),  # the target does not run
        ({"CPC": 0.60, "IND": 0.40}, "other", "leverage_small"),  # no partner runs
    ],
)
def test_pivotal_classes_by_leverage(projected: dict[str, float], kind: str, last_reason: str) -> None:
    verdict = classify_pivotal(evidence({"CPC": 1, "LPC": 2}, projected), ALL, PIVOTAL)

    assert (verdict.kind, verdict.reasons[-1].code) == (kind, last_reason)


def test_pivotal_emerges_when_only_a_poll_scenario_makes_it_count() -> None:
    safe = {"CPC": 0.60, "LPC": 0.33, "NDP": 0.07}
    close = {"CPC": 0.42, "LPC": 0.38, "NDP": 0.20}
    row = Evidence(votes={"CPC": 3, "LPC": 2}, projected=safe, low=close, high=safe, year=2025)

    verdict = classify_pivotal(row, ALL, PIVOTAL)

    assert (verdict.kind, verdict.reasons[-1].code) == ("emerging", "scenario")


VOTES = st.dictionaries(st.sampled_from(["CPC", "LPC", "NDP", "GPC", "BQ", "IND"]), st.integers(0, 100_000))


@given(VOTES)
def test_both_rules_are_total_and_do_not_depend_on_the_order_of_parties(votes: dict[str, int]) -> None:
    backwards = dict(reversed(votes.items()))
    verdicts = [
        (
            classify_vote_together(evidence(row), ALL, LIMITS_2015),
            classify_pivotal(evidence(row), ALL, PIVOTAL),
        )
        for row in (votes, backwards)
    ]

    for verdict, again in zip(*verdicts, strict=True):
        assert verdict.kind in {"swing", "emerging", "other"}
        assert verdict.reasons
        assert (verdict.kind, verdict.reasons) == (again.kind, again.reasons)


@given(VOTES)
def test_leverage_is_a_fall_of_a_chance(votes: dict[str, int]) -> None:
    numbers = classify_pivotal(evidence(votes), ALL, PIVOTAL).numbers

    assert 0 <= numbers.get("chance_with_cooperation", 0) <= numbers.get("chance", 0) <= 1
