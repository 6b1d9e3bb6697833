"""Shapes of the public JSON API, version 1."""

from typing import Any, Literal

from ninja import Field, Schema

ClassName = Literal["swing", "emerging", "other", ""]


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


class RecommendedItem(Schema):
    """Whom the community recommends in a riding; `path` leads to how that came about."""

    name: str
    party: str = Field(description="code of the party, as in results")
    party_en: str
    party_fr: str
    colour: str
    published_on: str
    path: str


class RidingItem(Schema):
    """A riding in the list; `class` is empty before the first run."""

    number: int = Field(description="FED number on the boundaries in force")
    slug: str
    name_en: str
    name_fr: str
    province: str
    riding_class: ClassName = Field(alias="class", serialization_alias="class")
    reason_en: str
    reason_fr: str
    longitude: float | None = Field(description="of a point inside the riding, WGS 84 degrees")
    latitude: float | None
    recommendation: RecommendedItem | None = Field(description="null where nobody is recommended")


class ElectionResult(Schema):
    """Votes of an election by party; `basis` says whether they were cast on these boundaries."""

    election: int
    year: int
    basis: str
    former_riding: str | None = Field(description="set where the votes were cast in a former riding")
    overlap_share: float | None = Field(description="part of today's area that lay in the former riding, 0–1")
    votes: dict[str, int]


class CandidateItem(Schema):
    """A candidate of the last election."""

    name: str
    party: str
    votes: int | None
    is_elected: bool
    is_incumbent: bool


class RidingDetail(RidingItem):
    """A riding with all that is public about it."""

    reasons_en: list[str]
    reasons_fr: list[str]
    results: list[ElectionResult]
    projection: dict[str, float]
    candidates: list[CandidateItem]
    polls: list[dict[str, Any]] = Field(
        description="published local polls, newest first: what `polls` tells of each"
    )
    teams: list[dict[str, Any]] = Field(
        description="the local team, if there is one: names, members, what it did in all and in the last seven days"
    )


class MatchItem(Schema):
    """A riding that a look-up found; `share` of the addresses, 0–1, or null if unknown."""

    number: int
    name_en: str
    name_fr: str
    province: str
    share: float | None


class LookupAnswer(Schema):
    """What a look-up found: every riding that may be meant, likeliest first."""

    source: str
    exact: bool
    status: str
    message: str
    matches: list[MatchItem]


class ColourLegend(Schema):
    """Meaning of a class and how many ridings have it."""

    en: str
    fr: str
    count: int


class Colours(Schema):
    """The published class of every riding."""

    version: str
    generated_at: str
    legend: dict[str, ColourLegend]
    classes: dict[str, str]


class Recommendations(Schema):
    """Who is recommended where, by FED number."""

    version: str
    recommendations: dict[str, RecommendedItem]


class Cells(Schema):
    """Cartogram: {fed_number: [column, row]}, pointy hexagons, odd rows half a cell to the right."""

    cells: dict[str, tuple[int, int]]
