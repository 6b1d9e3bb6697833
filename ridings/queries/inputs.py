"""Everything the classes of the map depend on, read at one moment."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from campaign.models import Campaign
from campaign.queries import active_campaign, target_and_cooperating
from ridings.enums import BoundaryStatus, Method, PollRegion
from ridings.models import BoundarySet, ClassOverride, Election, PollingAverage, Preset, Result, Riding
from ridings.queries.local_polls import local_polls_since
from ridings.rules.colour_document import CLASS_ORDER, digest_of
from ridings.rules.local_polls import LocalReading
from ridings.rules.parameters import PARAMETERS_BY_METHOD, PARTIES_OF_2015, BadParameters, Parameters, Parties
from ridings.rules.projection import RidingVotes


class NotReady(LookupError):
    """Something without which nothing can be classified is missing; the sentence says what."""


@dataclass(frozen=True)
class Override:
    """An organizer's decision in force: class and public reason in both languages."""

    kind: str
    reason_en: str
    reason_fr: str


@dataclass(frozen=True)
class MapInputs:
    """One moment of all inputs; equal inputs have equal digests.

    `ridings` holds votes on the boundaries of `boundary_set`; `polls` is {region: {party: share 0–1}};
    `local_polls` are those of each FED number, oldest first.
    """

    boundary_set: BoundarySet
    election: Election
    method: str
    parameters: Parameters
    parties: Parties
    ridings: Mapping[int, RidingVotes]
    polls: Mapping[str, Mapping[str, float]]
    polls_as_of: dt.date | None
    overrides: Mapping[int, Override]
    legend: Mapping[str, Mapping[str, str]]
    local_polls: Mapping[int, tuple[LocalReading, ...]] = field(default_factory=dict)

    def digest(self, method_version: int) -> str:
        """Return the SHA-256 of all that can change a class, a reason or a number."""
        return digest_of([self.damped_digest(method_version), self._local_polls()])

    def damped_digest(self, method_version: int) -> str:
        """Return the SHA-256 of all of it but the local polls: what damping counts as new inputs."""
        return digest_of(
            {
                "boundary_set": self.boundary_set.code,
                "election": self.election.number,
                "method": [self.method, method_version, vars(self.parameters)],
                "parties": vars(self.parties),
                "ridings": {number: vars(riding) for number, riding in self.ridings.items()},
                "polls": [self.polls, str(self.polls_as_of)],
                "overrides": {number: vars(override) for number, override in self.overrides.items()},
                "legend": self.legend,
            }
        )

    def _local_polls(self) -> dict[int, Any]:
        return {
            number: [{**vars(reading), "ended_on": str(reading.ended_on)} for reading in readings]
            for number, readings in self.local_polls.items()
        }


def live_boundary_set() -> BoundarySet | None:
    """Return the boundary set in force."""
    return BoundarySet.objects.filter(status=BoundaryStatus.LIVE).first()


def last_election_on(boundary_set: BoundarySet) -> Election | None:
    """Return the latest election whose votes are known on these boundaries."""
    return Election.objects.filter(results__riding__boundary_set=boundary_set).order_by("-held_on").first()


def map_inputs(*, at: dt.datetime) -> MapInputs:
    """Read all inputs of the map in force.

    Raises: NotReady if there is no live boundary set, no result on it, no active preset or no target party.
    """
    boundary_set = live_boundary_set()
    if boundary_set is None:
        raise NotReady("no boundary set is in force")
    election = last_election_on(boundary_set)
    if election is None:
        raise NotReady("no election has results on the boundaries in force")
    preset = Preset.objects.filter(is_active=True).first()
    if preset is None:
        raise NotReady("no preset is active")
    return _inputs(boundary_set, election, preset, _overrides(boundary_set, at))


def classification_inputs(*, boundary_set_code: str, election_number: int, method: str) -> MapInputs:
    """Read the inputs of a classification that is not the map's: any election on any boundaries, no overrides.

    Raises: NotReady if the set or the election is not loaded, or the election has no votes on the set.
    """
    boundary_set = BoundarySet.objects.filter(code=boundary_set_code).first()
    if boundary_set is None:
        raise NotReady(f"boundary set {boundary_set_code} is not loaded")
    election = Election.objects.filter(number=election_number).first()
    if election is None:
        raise NotReady(f"election {election_number} is not loaded")
    if not Result.objects.filter(election=election, riding__boundary_set=boundary_set).exists():
        raise NotReady(f"election {election_number} has no votes on boundary set {boundary_set_code}")
    preset = Preset.objects.filter(method=method).first() or Preset(method=method)
    return _inputs(boundary_set, election, preset, {})


def _inputs(
    boundary_set: BoundarySet, election: Election, preset: Preset, overrides: Mapping[int, Override]
) -> MapInputs:
    polls, as_of = polls_since(election)
    return MapInputs(
        boundary_set=boundary_set,
        election=election,
        method=preset.method,
        parameters=PARAMETERS_BY_METHOD[preset.method].from_mapping(preset.parameters),
        parties=parties_for(preset.method),
        ridings=votes_on(boundary_set, election),
        polls=polls,
        polls_as_of=as_of,
        overrides=overrides,
        legend=legend_texts(active_campaign()),
        local_polls=local_polls_since(election, boundary_set),
    )


def parties_for(method: str) -> Parties:
    """Return target and partners: the published ones for the rule of 2015, else the campaign's.

    Raises: NotReady if the campaign names no target or no partner.
    """
    if method == Method.VOTE_TOGETHER_2015:
        return PARTIES_OF_2015
    target, cooperating = target_and_cooperating()
    try:
        return Parties(target or "", cooperating)
    except BadParameters as error:
        raise NotReady(str(error)) from error


def votes_on(boundary_set: BoundarySet, election: Election) -> dict[int, RidingVotes]:
    """Return {fed_number: votes} of an election for every riding of a set; parties without votes are left out."""
    votes: dict[int, dict[str, int]] = {}
    rows = Result.objects.filter(election=election, riding__boundary_set=boundary_set, votes__gt=0)
    for number, party, count in rows.values_list("riding__number", "party__code", "votes"):
        votes.setdefault(number, {})[party] = count
    ridings = Riding.objects.filter(boundary_set=boundary_set).order_by("number")
    return {
        number: RidingVotes(province, votes.get(number, {}), is_open_seat)
        for number, province, is_open_seat in ridings.values_list("number", "province", "is_open_seat")
    }


def polls_since(election: Election) -> tuple[dict[str, dict[str, float]], dt.date | None]:
    """Return {region: {party: share 0–1}} of each region's latest day between an election and the next.

    The date is the latest of the regions proper, because they move the ridings; the country's own day counts
    only where there is no other. Without polls the answer is ({}, None).
    """
    polls: dict[str, dict[str, float]] = {}
    days: dict[str, dt.date] = {}
    following = Election.objects.filter(held_on__gt=election.held_on).order_by("held_on").first()
    averages = PollingAverage.objects.filter(as_of__gt=election.held_on)
    if following:
        averages = averages.filter(as_of__lt=following.held_on)
    rows = averages.order_by("region", "-as_of", "party__code")
    for region, party, as_of, share in rows.values_list("region", "party__code", "as_of", "share"):
        if days.setdefault(region, as_of) == as_of:
            polls.setdefault(region, {})[party] = share
    regional = [day for region, day in days.items() if region != PollRegion.CANADA]
    return polls, max(regional or days.values(), default=None)


def legend_texts(campaign: Campaign | None) -> dict[str, dict[str, str]]:
    """Return {class: {"en", "fr"}}: what each colour means, in the campaign's words."""
    if campaign is None:
        return {kind: {"en": "", "fr": ""} for kind in CLASS_ORDER}
    return {
        kind: {language: str(getattr(campaign, f"{kind}_legend_{language}")) for language in ("en", "fr")}
        for kind in CLASS_ORDER
    }


def _overrides(boundary_set: BoundarySet, at: dt.datetime) -> dict[int, Override]:
    rows: Any = ClassOverride.objects.filter(
        riding__boundary_set=boundary_set, ended_at__isnull=True, expires_at__gt=at
    ).values_list("riding__number", "riding_class", "reason_en", "reason_fr")
    return {number: Override(kind, reason_en, reason_fr) for number, kind, reason_en, reason_fr in rows}
