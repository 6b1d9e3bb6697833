"""Parameters an organizer may set, and those refused."""

from typing import Any

import pytest

from ridings.rules.parameters import BadParameters, Parties, PivotalParameters, VoteTogetherParameters


def test_what_is_not_given_keeps_the_methods_value() -> None:
    parameters = PivotalParameters.from_mapping({"swing_leverage": 0.2})

    assert (parameters.swing_leverage, parameters.emerging_leverage) == (0.2, 0.07)


@pytest.mark.parametrize(
    "values",
    [
        {"swing_leverage": 1.5},
        {"swing_leverage": -0.1},
        {"swing_leverage": "0.2"},
        {"swing_leverage": True},
        {"swing_leverage": None},
        {"swing_leverage": float("nan")},
        {"swing_leverage": 0.05},  # below the emerging one
        {"spread": 0},
        {"damping_runs": 0},
        {"damping_runs": 1.5},
        {"no_such": 1},
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(BadParameters):
        PivotalParameters.from_mapping(values)


def test_limits_of_the_rule_of_2015_are_shares() -> None:
    with pytest.raises(BadParameters):
        VoteTogetherParameters.from_mapping({"target_lead_below": 15})


def test_the_target_cannot_be_its_own_opponent() -> None:
    with pytest.raises(BadParameters):
        Parties(target="CPC", cooperating=("CPC", "LPC"))
    with pytest.raises(BadParameters):
        Parties(target="CPC", cooperating=())
