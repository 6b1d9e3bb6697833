"""What a finished count means: recommended, nobody, or void, with the reason. Pure.

Source: docs/algorithms/recommendation.md.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from pledges.rules.counting import NOBODY, Method, Tally, has_share


class Reason(StrEnum):
    """Why a round ended as it did."""

    RECOMMENDED = "recommended"
    NOBODY_CHOSEN = "nobody_chosen"  # "no recommendation yet" won
    TIE = "tie"
    BELOW_THRESHOLD = "below_threshold"
    QUORUM_MISSED = "quorum_missed"
    TOO_FEW = "too_few"  # too few ballots to show anything without showing who chose what
    NO_CANDIDATE_LEFT = "no_candidate_left"
    WITHDRAWN_DECIDES = "withdrawn_decides"  # ballots stranded after closing could have changed the winner
    LIFTED = "lifted"  # the recommended candidate withdrew after publication


@dataclass(frozen=True)
class Terms:
    """What a round asks for, fixed before it opens; both quorums must be met, percents are of 100."""

    quorum_ballots: int
    quorum_percent: int
    threshold_percent: int
    minimum_ballots: int


@dataclass(frozen=True)
class Outcome:
    """A decision and its facts. `option` is recommended, or None; `leader` had most votes, if anybody."""

    reason: Reason
    option: str | None
    eligible: int
    cast: int
    valid: int
    leader: str | None
    leader_votes: int
    tied: tuple[str, ...]

    @property
    def shows_tallies(self) -> bool:
        """Whether votes may be shown: neither where few took part nor where the count stands for nothing."""
        return self.reason not in {Reason.TOO_FEW, Reason.NO_CANDIDATE_LEFT, Reason.WITHDRAWN_DECIDES}


def outcome_of(
    tally: Tally, terms: Terms, *, eligible: int, withdrawn_after_closing: Collection[str] = ()
) -> Outcome:
    """Decide what a count means; the first reason that holds is given.

    Raises: ValueError if more ballots were cast than people are eligible.
    """
    if tally.cast > eligible:
        raise ValueError(f"{tally.cast} ballots of {eligible} eligible people")
    reason = _reason(tally, terms, eligible, is_stranding=bool(withdrawn_after_closing))
    return Outcome(
        reason=reason,
        option=tally.winner if reason == Reason.RECOMMENDED else None,
        eligible=eligible,
        cast=tally.cast,
        valid=tally.valid,
        leader=tally.winner,
        leader_votes=tally.last_votes.get(tally.winner or "", 0),
        tied=tally.tied,
    )


def after_publication(outcome: Outcome, withdrawn: str) -> Outcome:
    """Return what stands once a candidate withdrew after publication: nobody moves up in silence."""
    return replace(outcome, reason=Reason.LIFTED, option=None) if outcome.option == withdrawn else outcome


def _reason(tally: Tally, terms: Terms, eligible: int, *, is_stranding: bool) -> Reason:
    has_quorum = tally.cast >= terms.quorum_ballots and has_share(tally.cast, terms.quorum_percent, eligible)
    votes = tally.last_votes.get(tally.winner or "", 0)
    tests = (
        (not set(tally.options) - {NOBODY}, Reason.NO_CANDIDATE_LEFT),
        (tally.cast < terms.minimum_ballots, Reason.TOO_FEW),
        (not has_quorum or not tally.valid, Reason.QUORUM_MISSED),
        (is_stranding and _may_turn(tally), Reason.WITHDRAWN_DECIDES),
        (tally.winner is None, Reason.TIE),
        (not has_share(votes, terms.threshold_percent, tally.valid), Reason.BELOW_THRESHOLD),
        (tally.winner == NOBODY, Reason.NOBODY_CHOSEN),
    )
    return next((reason for holds, reason in tests if holds), Reason.RECOMMENDED)


def _may_turn(tally: Tally) -> bool:
    """Say whether single choices for withdrawn options are as many as the lead, so that a second choice could tell."""
    if tally.method != Method.SINGLE or not tally.stranded:
        return False
    first, second = (*sorted(tally.last_votes.values(), reverse=True), 0)[:2]
    return tally.stranded >= first - second
