"""Parameters of the classification methods; an organizer may change every one. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from ridings.rules.local_polls import LocalPollParameters

# Sane bounds of what is counted.
MOST_RUNS, MOST_DAYS = 10, 365


class BadParameters(ValueError):
    """A parameter is unknown, missing or out of range."""


@dataclass(frozen=True)
class Parties:
    """Whom the campaign wants to defeat, and who may cooperate."""

    target: str
    cooperating: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse no target, a target that is among the cooperating parties, and no partner at all."""
        if not self.target:
            raise BadParameters("there must be a target party")
        if self.target in self.cooperating:
            raise BadParameters("the target party cannot be a cooperating party")
        if not self.cooperating:
            raise BadParameters("there must be a cooperating party")


@dataclass(frozen=True)
class _Parameters:
    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Return the parameters, with the method's own values for what is not given.

        Raises: BadParameters for an unknown name or a value that is not a number in its range.
        """
        known = {field.name: field.type for field in fields(cls)}
        for name, value in values.items():
            if name not in known:
                raise BadParameters(f"unknown parameter {name}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise BadParameters(f"{name} must be a number")
        return cls(**values)


@dataclass(frozen=True)
class _Projecting(_Parameters):
    """How the projection is made that every method looks at; shares 0–1.

    Source: Elections Canada's results of 2015 to 2025 against the regional swing: 5.5 points per party and riding, and 2.5
    for an open seat; published riding polls of these elections missed by 6 to 12 points, far beyond their margin of
    sampling. The half-life is the project's own choice, no study of it is known.
    """

    open_seat_penalty: float = 0.025
    riding_spread: float = 0.055
    local_poll_error: float = 0.06
    local_poll_half_life: int = 30

    def __post_init__(self) -> None:
        """Refuse shares outside 0–1, spreads of nothing, and a half-life that is no number of days."""
        for field in fields(self):
            if isinstance(field.default, float):
                _check_share(field.name, getattr(self, field.name))
        for name in ("riding_spread", "local_poll_error"):
            if getattr(self, name) <= 0:
                raise BadParameters(f"{name} must be above 0")
        _check_count("local_poll_half_life", self.local_poll_half_life, MOST_DAYS)

    @property
    def local_polls(self) -> LocalPollParameters:
        """How much local polls count."""
        return LocalPollParameters(self.riding_spread, self.local_poll_error, self.local_poll_half_life)


@dataclass(frozen=True)
class VoteTogetherParameters(_Projecting):
    """Limits of the rule of 2015, as shares 0–1; comparisons are strict but for the drop.

    Source: Leadnow, "Vote Together" methodology, 2015.
    """

    target_lead_below: float = 0.15
    partner_lead_below: float = 0.05
    drop_at_least: float = 0.05
    projected_lead_below: float = 0.15


@dataclass(frozen=True)
class PivotalParameters(_Projecting):
    """Limits of the pivotal rule; leverages and shares 0–1, `spread` is the σ of a riding's margin.

    Source: docs/algorithms/classification.md; σ = 0.10 calibrates 2015–2025 margins (Brier score 0.065).
    """

    swing_leverage: float = 0.15
    emerging_leverage: float = 0.07
    scenario_shift: float = 0.03
    spread: float = 0.10
    moved_part: float = 1 / 3
    damping_move: float = 0.05
    damping_runs: int = 2

    def __post_init__(self) -> None:
        """Refuse shares outside 0–1 and thresholds in the wrong order."""
        super().__post_init__()
        if self.spread <= 0:
            raise BadParameters("spread must be above 0")
        if self.emerging_leverage > self.swing_leverage:
            raise BadParameters("emerging_leverage must not be above swing_leverage")
        _check_count("damping_runs", self.damping_runs, MOST_RUNS)


Parameters = VoteTogetherParameters | PivotalParameters

# Partners in the campaign of 2015: the Bloc was not one of them.
PARTIES_OF_2015 = Parties(target="CPC", cooperating=("GPC", "LPC", "NDP"))

PARAMETERS_BY_METHOD: Mapping[str, type[VoteTogetherParameters] | type[PivotalParameters]] = {
    "vote-together-2015": VoteTogetherParameters,
    "pivotal": PivotalParameters,
}


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise BadParameters(f"{name} must lie between 0 and 1")


def _check_count(name: str, value: float, most: int) -> None:
    if not isinstance(value, int) or not 1 <= value <= most:
        raise BadParameters(f"{name} must be a whole number from 1 to {most}")
