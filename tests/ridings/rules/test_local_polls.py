"""Local polls blended into a riding's projection."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.rules.local_polls import LocalPollParameters, LocalReading, blend

LIMITS = LocalPollParameters(riding_spread=0.055, local_poll_error=0.06, half_life_days=30)
PRIOR = {"CPC": 0.45, "LPC": 0.35, "NDP": 0.20}
DAY = dt.date(2026, 11, 1)


def reading(shares: dict[str, float], **fields: Any) -> LocalReading:
    return LocalReading(
        **{"key": "one", "firm": "Oracle", "ended_on": DAY, "sample_size": 500, **fields}, shares=shares
    )


def test_a_poll_moves_each_share_by_its_precision_against_the_priors() -> None:
    blended = blend(PRIOR, [reading({"CPC": 0.35, "LPC": 0.45, "NDP": 0.20})], LIMITS, polls_as_of=None)

    assert blended is not None
    variance = 0.35 * 0.65 / 500 + 0.06**2
    weight = 0.055**2 / (0.055**2 + variance)
    assert blended.parties["CPC"].weight == pytest.approx(weight)
    assert weight == pytest.approx(0.4273, abs=1e-4)
    assert blended.parties["CPC"].polled == pytest.approx(0.35)
    total = sum(
        PRIOR[p] + blended.parties[p].weight * (q - PRIOR[p])
        for p, q in {"CPC": 0.35, "LPC": 0.45, "NDP": 0.20}.items()
    )
    assert blended.shares["CPC"] == pytest.approx((0.45 - weight * 0.10) / total)


def test_however_many_people_are_asked_a_poll_never_replaces_the_projection() -> None:
    blended = blend(PRIOR, [reading({"CPC": 0.0}, sample_size=10**9)], LIMITS, polls_as_of=None)

    assert blended is not None
    assert blended.parties["CPC"].weight == pytest.approx(0.055**2 / (0.055**2 + 0.06**2))


def test_a_party_that_was_not_asked_for_keeps_its_share_but_for_the_scaling() -> None:
    blended = blend(PRIOR, [reading({"CPC": 0.35})], LIMITS, polls_as_of=None)

    assert blended is not None
    assert blended.parties.keys() == {"CPC"}
    assert blended.shares["LPC"] / blended.shares["NDP"] == pytest.approx(0.35 / 0.20)


def test_parties_that_do_not_stand_are_passed_over() -> None:
    with_stranger = blend(PRIOR, [reading({"CPC": 0.35, "PPC": 0.30})], LIMITS, polls_as_of=None)

    assert with_stranger == with_readings_of({"CPC": 0.35}, with_stranger)
    assert blend(PRIOR, [reading({"PPC": 0.30})], LIMITS, polls_as_of=None) is None
    assert blend({}, [reading({"CPC": 0.35})], LIMITS, polls_as_of=None) is None
    assert blend(PRIOR, [], LIMITS, polls_as_of=None) is None


def with_readings_of(shares: dict[str, float], other: Any) -> Any:
    """Return the blend of a poll, with the readings of another: only these differ."""
    plain = blend(PRIOR, [reading(shares)], LIMITS, polls_as_of=None)
    assert plain is not None
    return type(plain)(plain.shares, plain.parties, other.readings)


def test_a_poll_loses_half_its_precision_in_a_half_life_before_the_newest_input() -> None:
    poll = reading({"CPC": 0.35})
    now = blend(PRIOR, [poll], LIMITS, polls_as_of=DAY - dt.timedelta(days=9))
    later = blend(PRIOR, [poll], LIMITS, polls_as_of=DAY + dt.timedelta(days=30))

    assert now is not None
    assert later is not None
    odds_now = now.parties["CPC"].weight / (1 - now.parties["CPC"].weight)
    odds_later = later.parties["CPC"].weight / (1 - later.parties["CPC"].weight)
    assert odds_later == pytest.approx(odds_now / 2)


def test_two_polls_weigh_more_than_one_and_the_newer_and_larger_leads() -> None:
    new = reading({"CPC": 0.30}, key="new")
    old = reading({"CPC": 0.40}, key="old", ended_on=DAY - dt.timedelta(days=60), sample_size=200)

    both = blend(PRIOR, [old, new], LIMITS, polls_as_of=None)

    assert both is not None
    assert [one.key for one in both.readings] == ["new", "old"]
    assert 0.30 < both.parties["CPC"].polled < 0.33
    alone = blend(PRIOR, [new], LIMITS, polls_as_of=None)
    assert alone is not None
    assert both.parties["CPC"].weight > alone.parties["CPC"].weight


def test_polls_that_leave_nobody_a_voter_say_nothing() -> None:
    blended = blend({"CPC": 0.0}, [reading({"CPC": 0.0})], LIMITS, polls_as_of=None)

    assert blended is not None
    assert blended.shares == {"CPC": 0.0}


SHARES = st.dictionaries(st.sampled_from(["CPC", "LPC", "NDP", "PPC"]), st.floats(0, 1), min_size=1)
READINGS = st.lists(
    st.builds(
        LocalReading,
        key=st.text("abc", min_size=1, max_size=4),
        firm=st.just("Oracle"),
        ended_on=st.dates(dt.date(2025, 5, 1), dt.date(2027, 1, 1)),
        sample_size=st.integers(1, 5000),
        shares=SHARES,
    ),
    max_size=4,
    unique_by=lambda one: one.key,
)


@given(READINGS, st.permutations(range(4)))
def test_shares_sum_to_one_lie_between_projection_and_polls_and_no_order_matters(
    readings: list[LocalReading], order: list[int]
) -> None:
    blended = blend(PRIOR, readings, LIMITS, polls_as_of=DAY)
    turned = blend(
        dict(reversed(PRIOR.items())),
        [readings[i] for i in order if i < len(readings)],
        LIMITS,
        polls_as_of=DAY,
    )

    assert blended == turned
    if blended is None:
        return
    assert sum(blended.shares.values()) == pytest.approx(1)
    for party, told in blended.parties.items():
        said = [one.shares[party] for one in blended.readings if party in one.shares]
        assert min(said) - 1e-9 <= told.polled <= max(said) + 1e-9
        assert 0 < told.weight < 1
