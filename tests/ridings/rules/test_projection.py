"""Uniform regional swing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.rules.projection import RidingVotes, project, regional_shares, shifted

TWO = {
    35001: RidingVotes("ON", {"CPC": 500, "LPC": 400, "NDP": 100}),
    35002: RidingVotes("ON", {"CPC": 300, "LPC": 600, "NDP": 100}),
}


def test_regional_shares_add_up_every_riding_of_the_region() -> None:
    shares = regional_shares(TWO)

    assert shares["ON"] == {"CPC": 0.4, "LPC": 0.5, "NDP": 0.1}
    assert shares["Canada"] == shares["ON"]


def test_every_riding_moves_by_the_swing_of_its_region() -> None:
    polls = {"ON": {"CPC": 0.35, "LPC": 0.50, "NDP": 0.15}}

    projected = project(TWO, polls, open_seat_penalty=0.025)

    assert projected[35001] == pytest.approx({"CPC": 0.45, "LPC": 0.40, "NDP": 0.15})
    assert projected[35002] == pytest.approx({"CPC": 0.25, "LPC": 0.60, "NDP": 0.15})


def test_no_share_falls_below_nothing_and_the_rest_still_adds_up_to_one() -> None:
    polls = {"ON": {"CPC": 0.0, "LPC": 0.9, "NDP": 0.1}}

    projected = project(TWO, polls, open_seat_penalty=0.0)

    assert projected[35002]["CPC"] == 0.0
    assert sum(projected[35002].values()) == pytest.approx(1)


def test_without_polls_nothing_swings() -> None:
    assert project(TWO, {}, open_seat_penalty=0.025)[35001] == {"CPC": 0.5, "LPC": 0.4, "NDP": 0.1}


def test_territories_follow_the_national_swing() -> None:
    ridings = {60001: RidingVotes("YT", {"LPC": 600, "CPC": 400})}

    projected = project(ridings, {"Canada": {"LPC": 0.5, "CPC": 0.5}}, open_seat_penalty=0.0)

    assert projected[60001] == pytest.approx({"LPC": 0.5, "CPC": 0.5})


def test_a_region_without_polls_follows_the_country() -> None:
    polls = {"Canada": {"CPC": 0.3, "LPC": 0.6, "NDP": 0.1}}

    assert project(TWO, polls, open_seat_penalty=0.0)[35001] == pytest.approx(
        {"CPC": 0.4, "LPC": 0.5, "NDP": 0.1}
    )


def test_an_open_seat_costs_the_holder_and_the_others_gain_in_proportion() -> None:
    ridings = {35001: RidingVotes("ON", {"CPC": 500, "LPC": 400, "NDP": 100}, is_open_seat=True)}

    projected = project(ridings, {}, open_seat_penalty=0.025)

    assert projected[35001] == pytest.approx({"CPC": 0.475, "LPC": 0.42, "NDP": 0.105})


def test_a_party_that_does_not_run_gets_nothing() -> None:
    polls = {"ON": {"CPC": 0.4, "LPC": 0.5, "NDP": 0.1, "GPC": 0.2}}

    assert "GPC" not in project(TWO, polls, open_seat_penalty=0.0)[35001]


def test_a_riding_without_votes_has_no_projection() -> None:
    assert project({35001: RidingVotes("ON", {})}, {}, open_seat_penalty=0.1) == {35001: {}}


def test_a_shift_moves_one_party_and_the_others_make_room() -> None:
    moved = shifted({"ON": {"CPC": 0.40, "LPC": 0.45, "NDP": 0.15}}, "CPC", 0.03)

    assert moved["ON"] == pytest.approx({"CPC": 0.43, "LPC": 0.4275, "NDP": 0.1425})


VOTES = st.dictionaries(st.sampled_from(["CPC", "LPC", "NDP", "GPC"]), st.integers(0, 50_000), max_size=4)
SHARES = st.dictionaries(st.sampled_from(["CPC", "LPC", "NDP", "GPC"]), st.floats(0, 1), max_size=4)


@given(st.lists(VOTES, min_size=1, max_size=5), SHARES, st.booleans())
def test_projected_shares_are_shares(
    votes: list[dict[str, int]], polls: dict[str, float], leaves: bool
) -> None:
    ridings = {
        35001 + row: RidingVotes("ON", counts, is_open_seat=leaves) for row, counts in enumerate(votes)
    }

    for shares in project(ridings, {"ON": polls}, open_seat_penalty=0.025).values():
        assert all(0 <= share <= 1 + 1e-9 for share in shares.values())
        assert not shares or sum(shares.values()) == pytest.approx(1, abs=1e-9)
