"""Shapes of the public JSON API, version 1, about local polls: every number comes with the facts the law wants."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema

BasisName = Literal["all", "leaning", "decided"]


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


class PollFactsItem(Schema):
    """Who asked whom, when and how: the facts of the Canada Elections Act, section 326."""

    id: int
    state: Literal["published", "retracted"]
    riding: int = Field(description="FED number on the boundaries the poll was made on")
    riding_en: str
    riding_fr: str
    sponsor: str
    sponsor_address: str
    firm: str
    firm_address: str
    field_starts_on: dt.date
    field_ends_on: dt.date
    hours_en: str
    hours_fr: str
    population_en: str
    population_fr: str
    contacted: int
    refused: int
    ineligible: int
    sample_size: int
    method: Literal["live_phone", "ivr", "online", "text", "mixed"]
    is_probability: bool = Field(
        description="based on recognized statistical methods; where not, say so (section 327)"
    )
    margin_of_error: float | None = Field(description="0–1, 19 times in 20, as the firm states it")
    sampling_en: str
    sampling_fr: str
    weighting_en: str
    weighting_fr: str
    undecided_en: str
    undecided_fr: str
    report: str = Field(description="address of the report")
    path: str = Field(description="the poll's page")
    published_at: dt.datetime
    retracted_at: dt.datetime | None
    retraction_en: str
    retraction_fr: str


class PartyShare(Schema):
    """A party's share 0–1 among those who named somebody, and where it lies 19 times in 20."""

    party: str = Field(description="code of the party, as in results")
    share: float
    low: float | None = Field(description="null where the sample is no random one")
    high: float | None


class PollItem(PollFactsItem):
    """A published poll in the list."""

    basis: BasisName = Field(description="among whom: of all respondents the undecided are left out")
    base: int = Field(description="people")
    shares: list[PartyShare]


class ReadingItem(Schema):
    """The share 0–1 of an answer in a group of people; `group` empty is everybody."""

    basis: BasisName
    group: str
    answer: str = Field(description="code of a party, or other, undecided, will_not_vote, refused")
    share: float
    low: float | None
    high: float | None
    base: int | None


class QuestionItem(Schema):
    """A question as it was worded, and its readings."""

    number: int
    wording_en: str
    wording_fr: str
    is_vote_intention: bool
    readings: list[ReadingItem] = Field(description="empty once the poll is retracted")


class PollDetail(PollFactsItem):
    """A poll with everything public about it."""

    questions: list[QuestionItem]


class ProjectItem(Schema):
    """A poll that people pay for together; sums are cents of Canadian dollars."""

    id: int
    riding: int = Field(description="FED number")
    riding_en: str
    riding_fr: str
    state: Literal["funding", "confirming", "funded", "in_field", "published", "failed", "refunded"]
    funding: Literal["all_or_nothing", "keep_it"]
    pollster: str
    cost_cents: int
    goal_cents: int
    minimum_cents: int
    received_cents: int = Field(description="what is held for the project, from the ledger")
    promised_cents: int = Field(description="saved cards that are charged once enough is in sight")
    givers: int = Field(description="how many people gave or promised")
    deadline_at: dt.datetime
    takes_gifts: bool
    poll: int | None = Field(description="number of the published poll that came of it")
    path: str = Field(description="the project's page")
    is_demonstration: bool = Field(description="made up, to show what a project looks like")
