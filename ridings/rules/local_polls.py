"""Blend local polls of a riding into its projection, each by its precision. Pure.

Source: docs/algorithms/projection.md, "Local polls"; docs/adr/0038-local-polls-are-blended-beside-the-damping.md.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ridings.rules.votes import Shares


@dataclass(frozen=True)
class LocalPollParameters:
    """How far projections and local polls miss a party's share (one standard deviation, 0–1), and how fast polls age."""

    riding_spread: float
    local_poll_error: float
    half_life_days: int


@dataclass(frozen=True)
class LocalReading:
    """A poll of one riding: shares 0–1 of decided and leaning voters, who are `sample_size` people."""

    key: str
    firm: str
    ended_on: dt.date
    sample_size: int
    shares: Shares


@dataclass(frozen=True)
class PartyBlend:
    """One party's share 0–1 by the polls together, and the weight 0–1 they have against the regional swing."""

    polled: float
    weight: float


@dataclass(frozen=True)
class Blend:
    """The projection with the polls, what they said of each party, and the polls that counted, newest first."""

    shares: dict[str, float]
    parties: Mapping[str, PartyBlend]
    readings: tuple[LocalReading, ...]


def blend(
    prior: Shares,
    readings: Iterable[LocalReading],
    limits: LocalPollParameters,
    *,
    polls_as_of: dt.date | None,
) -> Blend | None:
    """Blend polls into the projected shares of their riding; None if none of them counts.

    Args:
        prior: {party: share 0–1} by the regional swing.
        readings: polls of this riding, in any order; parties that do not stand in `prior` are passed over.
        limits: how much to believe.
        polls_as_of: day of the regional averages: polls age until then, or until the newest of them.
    Returns: shares that sum to 1 ± 1e-9; a party in no poll keeps its share but for the scaling.
    """
    counted = sorted(
        (reading for reading in readings if prior.keys() & reading.shares.keys()),
        key=lambda reading: (reading.ended_on, reading.key),
        reverse=True,
    )
    if not counted:
        return None
    newest = max(counted[0].ended_on, polls_as_of or counted[0].ended_on)
    parties = {}
    for party in sorted(prior):
        naming = [reading for reading in counted if party in reading.shares]
        if naming:
            parties[party] = _party_blend(party, naming, limits, newest)
    blended = {party: _blended(share, parties.get(party)) for party, share in sorted(prior.items())}
    total = sum(blended.values())
    # Polls that leave nobody a voter say nothing.
    shares = {party: share / total for party, share in blended.items()} if total > 0 else dict(prior)
    return Blend(shares, parties, tuple(counted))


def _party_blend(
    party: str, naming: list[LocalReading], limits: LocalPollParameters, newest: dt.date
) -> PartyBlend:
    precisions = [_precision(party, reading, limits, newest) for reading in naming]
    total = sum(precisions)
    prior = 1 / limits.riding_spread**2
    polled = sum(
        precision * reading.shares[party] for precision, reading in zip(precisions, naming, strict=True)
    )
    return PartyBlend(polled / total, total / (prior + total))


def _precision(party: str, reading: LocalReading, limits: LocalPollParameters, newest: dt.date) -> float:
    """Return 1 / variance, halved for every half-life that the poll is older than the newest input."""
    share = reading.shares[party]
    variance = share * (1 - share) / reading.sample_size + limits.local_poll_error**2
    age = (newest - reading.ended_on).days
    return float(0.5 ** (age / limits.half_life_days)) / variance


def _blended(share: float, polls: PartyBlend | None) -> float:
    return share if polls is None else share + polls.weight * (polls.polled - share)
