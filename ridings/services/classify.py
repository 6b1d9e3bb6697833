"""Work out the class of every riding from one moment's inputs; writes nothing."""

from collections.abc import Mapping
from dataclasses import replace

from ridings.queries.inputs import MapInputs, Override
from ridings.rules.classification import (
    Evidence,
    Reason,
    Verdict,
    classify_pivotal,
    classify_vote_together,
)
from ridings.rules.damping import Held, damped
from ridings.rules.parameters import Parties, PivotalParameters, VoteTogetherParameters
from ridings.rules.projection import project, shifted


def computed_verdicts(inputs: MapInputs) -> dict[int, Verdict]:
    """Return {fed_number: Verdict} by the numbers alone: neither damping nor overrides."""
    limits = inputs.parameters
    shift = limits.scenario_shift if isinstance(limits, PivotalParameters) else 0.0
    penalty = limits.open_seat_penalty
    middle, low, high = (
        project(inputs.ridings, shifted(inputs.polls, inputs.parties.target, move), open_seat_penalty=penalty)
        for move in (0.0, -shift, shift)
    )
    return {
        number: _verdict(
            Evidence(riding.votes, middle[number], low[number], high[number], inputs.election.year),
            inputs.parties,
            limits,
        )
        for number, riding in inputs.ridings.items()
    }


def _verdict(
    evidence: Evidence, parties: Parties, limits: VoteTogetherParameters | PivotalParameters
) -> Verdict:
    if isinstance(limits, PivotalParameters):
        return classify_pivotal(evidence, parties, limits)
    return classify_vote_together(evidence, parties, limits)


def damp(verdict: Verdict, held: Held | None, limits: PivotalParameters) -> tuple[Verdict, Held]:
    """Return the verdict to show after damping, and what the next run must know."""
    leverage = verdict.numbers.get("leverage", 0.0)
    state = damped(verdict.kind, leverage, held, runs=limits.damping_runs, move=limits.damping_move)
    if state.shown == verdict.kind:
        return verdict, state
    waiting = Reason("waiting", {"computed": verdict.kind, "shown": state.shown})
    return replace(verdict, kind=state.shown, reasons=(*verdict.reasons, waiting)), state


def apply_overrides(verdicts: Mapping[int, Verdict], overrides: Mapping[int, Override]) -> dict[int, Verdict]:
    """Return the verdicts with the organizers' decisions on top; the numbers' own reasons follow theirs."""
    return {
        number: _overridden(verdict, overrides[number]) if number in overrides else verdict
        for number, verdict in verdicts.items()
    }


def _overridden(verdict: Verdict, override: Override) -> Verdict:
    reason = Reason("override", {"en": override.reason_en, "fr": override.reason_fr})
    return replace(verdict, kind=override.kind, reasons=(reason, *verdict.reasons))
