"""Classify ridings: swing, emerging or other, each with its reasons. Pure.

Source: docs/algorithms/classification.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from ridings.rules.parameters import Parties, PivotalParameters, VoteTogetherParameters
from ridings.rules.votes import Shares, Votes, ranked, shares_of, strongest

METHOD_VERSION = 2
SWING, EMERGING, OTHER = "swing", "emerging", "other"

_NORMAL = NormalDist()


@dataclass(frozen=True)
class Reason:
    """Why, as a code with its values; the page makes the sentence."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """Class of a riding, its reasons (main one first) and the numbers behind them (shares 0–1)."""

    kind: str
    reasons: tuple[Reason, ...]
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Evidence:
    """What a verdict rests on: last votes on the set's boundaries, and projected shares 0–1.

    `low` and `high` are projections with the target party's polls moved down and up.
    """

    votes: Votes
    projected: Shares
    low: Shares
    high: Shares
    year: int


def classify_vote_together(evidence: Evidence, parties: Parties, limits: VoteTogetherParameters) -> Verdict:
    """Apply the published rule of 2015 to one riding."""
    last = shares_of(evidence.votes)
    if not last:
        return _without_votes()
    first, second = [*ranked(last), ""][:2]
    target, partners = parties.target, set(parties.cooperating)
    lead = Fraction(evidence.votes[first] - evidence.votes.get(second, 0), sum(evidence.votes.values()))
    numbers = _projected_numbers(evidence, parties)
    result = _last_result(evidence, parties)
    if first == target and second in partners and lead < _exact(limits.target_lead_below):
        why = Reason("target_lead_small", {"limit": limits.target_lead_below, "runner_up": second})
        return Verdict(SWING, (result, why), numbers)
    if first in partners and second == target and lead < _exact(limits.partner_lead_below):
        why = Reason("partner_lead_small", {"limit": limits.partner_lead_below, "target": target})
        return Verdict(SWING, (result, why), numbers)
    # Differences of shares carry binary noise: 0.60 − 0.55 must count as 5 points.
    drop = round(last.get(target, 0.0) - evidence.projected.get(target, 0.0), 9)
    lead_now = round(numbers["projected_lead"], 9)
    if first == target and drop >= limits.drop_at_least and lead_now < limits.projected_lead_below:
        why = Reason("projected_drop", {"target": target, "drop": drop, "lead": lead_now})
        return Verdict(EMERGING, (result, why), numbers)
    return Verdict(OTHER, (result, Reason("rule_not_met", {})), numbers)


def classify_pivotal(evidence: Evidence, parties: Parties, limits: PivotalParameters) -> Verdict:
    """Class one riding by how far cooperation would lower the target party's chance of winning it."""
    if not shares_of(evidence.votes):
        return _without_votes()
    chance = _chance(evidence.projected, parties, limits)
    scenario = max(_chance(shares, parties, limits).leverage for shares in (evidence.low, evidence.high))
    numbers = {
        **_projected_numbers(evidence, parties),
        "chance": chance.alone,
        "chance_with_cooperation": chance.together,
        "leverage": chance.leverage,
        "scenario_leverage": scenario,
    }
    why = Reason(
        "leverage",
        {
            "target": parties.target,
            "best": chance.best,
            "chance": chance.alone,
            "together": chance.together,
            "moved": limits.moved_part,
        },
    )
    reasons = (_last_result(evidence, parties), *((why,) if chance.best else ()))
    if chance.leverage >= limits.swing_leverage:
        return Verdict(SWING, reasons, numbers)
    if chance.leverage >= limits.emerging_leverage:
        return Verdict(EMERGING, reasons, numbers)
    if scenario >= limits.emerging_leverage:
        return Verdict(EMERGING, (*reasons, Reason("scenario", {"shift": limits.scenario_shift})), numbers)
    return Verdict(OTHER, (*reasons, Reason("leverage_small", {})), numbers)


@dataclass(frozen=True)
class _Chance:
    """The target party's chance to win as things stand and with cooperation, 0–1."""

    alone: float
    together: float
    best: str | None

    @property
    def leverage(self) -> float:
        return self.alone - self.together


def _chance(shares: Shares, parties: Parties, limits: PivotalParameters) -> _Chance:
    best = strongest(shares, parties.cooperating)
    if parties.target not in shares:
        return _Chance(0.0, 0.0, best)
    rival = max((share for party, share in shares.items() if party != parties.target), default=0.0)
    lead = shares[parties.target] - rival
    alone = _NORMAL.cdf(lead / limits.spread)
    if best is None:
        return _Chance(alone, alone, None)
    others = sum(shares.get(party, 0.0) for party in parties.cooperating) - shares[best]
    return _Chance(alone, _NORMAL.cdf((lead - others * limits.moved_part) / limits.spread), best)


def _projected_numbers(evidence: Evidence, parties: Parties) -> dict[str, Any]:
    """Return the best placed partner, its lead over the next one, and the target's lead over it."""
    shares = evidence.projected
    partners = {party: shares[party] for party in parties.cooperating if party in shares}
    order = ranked(partners)
    best = partners[order[0]] if order else 0.0
    second = partners[order[1]] if len(order) > 1 else 0.0
    return {
        "projected": dict(shares),
        "best": order[0] if order else None,
        "gap": best - second,
        "projected_lead": shares.get(parties.target, 0.0) - best,
    }


def _last_result(evidence: Evidence, parties: Parties) -> Reason:
    """Say who won by how much over whom, and where most of the other partners' votes went."""
    last = shares_of(evidence.votes)
    order = ranked(last)
    runner_up = order[1] if len(order) > 1 else None
    rest = {party: last[party] for party in parties.cooperating if party in last and party not in order[:2]}
    third = ranked(rest)[0] if rest else None
    return Reason(
        "last_result",
        {
            "winner": order[0],
            "runner_up": runner_up,
            "lead": last[order[0]] - (last[runner_up] if runner_up else 0.0),
            "third": third,
            "third_share": rest[third] if third else None,
            "year": evidence.year,
        },
    )


def _without_votes() -> Verdict:
    return Verdict(OTHER, (Reason("no_votes", {}),), {"projected": {}})


def _exact(limit: float) -> Fraction:
    """Return the limit as it was typed: 0.15 means 15/100, not the nearest binary fraction."""
    return Fraction(str(limit))
