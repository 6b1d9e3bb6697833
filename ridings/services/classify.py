"""Work out the class of every riding from one moment's inputs; writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ridings.queries.inputs import MapInputs, Override
from ridings.rules.classification import (
    Evidence,
    Reason,
    Verdict,
    classify_pivotal,
    classify_vote_together,
)
from ridings.rules.damping import Held, damped
from ridings.rules.local_polls import Blend, blend
from ridings.rules.parameters import PivotalParameters
from ridings.rules.projection import project, shifted
from ridings.rules.votes import Shares

# Projected shares as things stand, and with the target party's polls moved down and up.
Views = tuple[Shares, Shares, Shares]


@dataclass(frozen=True)
class Computed:
    """Verdicts {fed_number: Verdict} by the numbers alone: neither damping nor overrides.

    `regional` has every riding, as if there were no local polls: damping looks at these. `polled` has the ridings whose
    local polls count, which are their first reason.
    """

    regional: Mapping[int, Verdict]
    polled: Mapping[int, Verdict]

    @property
    def verdicts(self) -> dict[int, Verdict]:
        """What the numbers say, all in all."""
        return {**self.regional, **self.polled}


def compute(inputs: MapInputs) -> Computed:
    """Work out the verdicts of every riding."""
    limits = inputs.parameters
    shift = limits.scenario_shift if isinstance(limits, PivotalParameters) else 0.0
    moves = (0.0, -shift, shift)
    middle, low, high = (
        project(
            inputs.ridings,
            shifted(inputs.polls, inputs.parties.target, move),
            open_seat_penalty=limits.open_seat_penalty,
        )
        for move in moves
    )
    regional = {number: (middle[number], low[number], high[number]) for number in inputs.ridings}
    polled = {}
    for number in sorted(inputs.local_polls.keys() & inputs.ridings.keys()):
        blends = [
            _blend(inputs, number, prior, move) for prior, move in zip(regional[number], moves, strict=True)
        ]
        if blends[0]:
            polled[number] = _polled_verdict(inputs, number, middle[number], [one for one in blends if one])
    return Computed({number: _verdict(inputs, number, views) for number, views in regional.items()}, polled)


def _verdict(inputs: MapInputs, number: int, views: Views) -> Verdict:
    evidence = Evidence(inputs.ridings[number].votes, *views, inputs.election.year)
    if isinstance(inputs.parameters, PivotalParameters):
        return classify_pivotal(evidence, inputs.parties, inputs.parameters)
    return classify_vote_together(evidence, inputs.parties, inputs.parameters)


def _blend(inputs: MapInputs, number: int, prior: Shares, move: float) -> Blend | None:
    """Blend a riding's polls; what moves opinion everywhere moves it in them too, or a polled riding would stand still."""
    target = inputs.parties.target
    readings = [
        replace(reading, shares=shifted({reading.key: reading.shares}, target, move)[reading.key])
        for reading in inputs.local_polls[number]
    ]
    return blend(prior, readings, inputs.parameters.local_polls, polls_as_of=inputs.polls_as_of)


def _polled_verdict(inputs: MapInputs, number: int, before: Shares, blends: list[Blend]) -> Verdict:
    middle, low, high = blends
    verdict = _verdict(inputs, number, (middle.shares, low.shares, high.shares))
    newest, target = middle.readings[0], inputs.parties.target
    polled = middle.parties.get(target)
    values = {
        "firm": newest.firm,
        "ended_on": newest.ended_on.isoformat(),
        "sample": newest.sample_size,
        "count": len(middle.readings),
        "target": target,
        "share": polled.polled if polled else None,
        "weight": polled.weight if polled else None,
        "before": before.get(target),
        "after": middle.shares.get(target),
    }
    return replace(
        verdict,
        reasons=(Reason("local_poll", values), *verdict.reasons),
        numbers={**verdict.numbers, "regional": dict(before)},
    )


def damp(
    verdict: Verdict, held: Held | None, limits: PivotalParameters, *, is_news: bool = True
) -> tuple[Verdict, Held]:
    """Return the verdict to show after damping, and what the next run must know.

    Args:
        verdict: by the numbers, without local polls.
        held: what the last run left.
        limits: how long and how far.
        is_news: whether anything but local polls changed since the last run; else what it left stands.
    """
    if held is not None and not is_news:
        state = held
    else:
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
