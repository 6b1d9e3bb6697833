"""Projected shares of every riding: uniform swing of its poll region. Pure.

Source: docs/algorithms/projection.md; formula `s = max(0, b + C − B)`, renormalised.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ridings.rules.fed_region import POLL_REGION_OF_PROVINCE
from ridings.rules.votes import Shares, Votes, ranked, shares_of

COUNTRY = "Canada"


@dataclass(frozen=True)
class RidingVotes:
    """What is known of one riding: its province, last votes by party, and whether its member leaves."""

    province: str
    votes: Votes
    is_open_seat: bool = False


def regional_shares(ridings: Mapping[int, RidingVotes]) -> dict[str, dict[str, float]]:
    """Return {region: {party: share 0–1}} of the last election; the key "Canada" is the whole country."""
    totals: dict[str, dict[str, int]] = {COUNTRY: {}}
    for riding in ridings.values():
        for region in {POLL_REGION_OF_PROVINCE[riding.province], COUNTRY}:
            counts = totals.setdefault(region, {})
            for party, votes in riding.votes.items():
                counts[party] = counts.get(party, 0) + votes
    return {region: shares_of(counts) for region, counts in totals.items()}


def project(
    ridings: Mapping[int, RidingVotes], polls: Mapping[str, Shares], *, open_seat_penalty: float
) -> dict[int, dict[str, float]]:
    """Project the shares of every riding.

    Args:
        ridings: {fed_number: RidingVotes}.
        polls: {region: {party: share 0–1}}; where a region has none the country's apply, and
            where there are no polls at all nothing swings.
        open_seat_penalty: what the holder's party loses when its member leaves, 0–1.
    Returns: {fed_number: {party: share}}, each summing to 1 ± 1e-9; {} for a riding without votes.
    """
    last = regional_shares(ridings)
    return {
        number: _project_one(riding, polls, last, open_seat_penalty) for number, riding in ridings.items()
    }


def _project_one(
    riding: RidingVotes, polls: Mapping[str, Shares], last: Mapping[str, Shares], open_seat_penalty: float
) -> dict[str, float]:
    region = POLL_REGION_OF_PROVINCE[riding.province]
    region = region if region in polls else COUNTRY
    now, before = polls.get(region, {}), last.get(region, {})
    base = shares_of(riding.votes)
    # A party without a poll figure keeps its share: no figure is not a figure of zero.
    swung = {
        party: max(0.0, share + now.get(party, before.get(party, 0.0)) - before.get(party, 0.0))
        for party, share in base.items()
    }
    projected = _normalised(swung) or base
    return (
        _without_incumbent(projected, ranked(base)[0], open_seat_penalty)
        if riding.is_open_seat and base
        else projected
    )


def _without_incumbent(shares: Shares, holder: str, penalty: float) -> dict[str, float]:
    """Take the penalty from the holder's party and give it to the others in proportion."""
    reduced = max(0.0, shares[holder] - penalty)
    rest = 1.0 - shares[holder]
    if rest <= 0:
        return dict(shares)
    factor = (1.0 - reduced) / rest
    return {party: reduced if party == holder else share * factor for party, share in shares.items()}


def _normalised(shares: Shares) -> dict[str, float]:
    total = sum(shares.values())
    return {party: share / total for party, share in shares.items()} if total > 0 else {}


def shifted(polls: Mapping[str, Shares], party: str, shift: float) -> dict[str, dict[str, float]]:
    """Return the polls with one party's share moved by `shift` everywhere and the others in proportion."""
    moved: dict[str, dict[str, float]] = {}
    for region, shares in polls.items():
        if party not in shares or shares[party] >= 1:
            moved[region] = dict(shares)
            continue
        target = min(1.0, max(0.0, shares[party] + shift))
        factor = (1.0 - target) / (1.0 - shares[party])
        moved[region] = {code: target if code == party else share * factor for code, share in shares.items()}
    return moved
