"""Shapes of the public JSON API, version 1, about drives, pledges and recommendations."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema


class DriveItem(Schema):
    """A vote inside a party and the time in which one can join it; days last to their end by the clock of `zone`."""

    party: str = Field(description="code of the party, as in results")
    slug_en: str
    slug_fr: str
    title_en: str
    title_fr: str
    decision_en: str
    decision_fr: str
    eligibility_en: str
    eligibility_fr: str
    fee_en: str
    fee_fr: str
    join_url: str
    opens_on: dt.date | None = Field(
        description="first day to join; null where the party takes members already"
    )
    joins_by: dt.date = Field(description="last day to join")
    vote_opens_on: dt.date
    vote_closes_on: dt.date
    zone: str
    phase: Literal["upcoming", "joining", "waiting", "voting", "over"]
    days_left: int = Field(description="until the phase ends; 0 on its last day")
    joined: int = Field(description="how many told us that they joined, and confirmed it")
    is_demonstration: bool = Field(description="made up, to show what a drive looks like")


class RidingPledgeCount(Schema):
    """How many pledged in a riding."""

    riding: int = Field(description="FED number")
    voters: int = Field(description="who can vote in the coming election")
    others: int = Field(description="who cannot vote yet")


class PledgeFacts(Schema):
    """How many pledged to vote together; only confirmed pledges count."""

    total: int
    voters: int
    others: int
    next_milestone: int | None
    ridings: list[RidingPledgeCount]


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


class RecommendationItem(Schema):
    """The newest published result of a riding; votes are in the ballot file, where they may be shown."""

    number: int = Field(description="FED number")
    round: int
    election_en: str
    election_fr: str
    published_at: dt.datetime
    lifted_at: dt.datetime | None = Field(
        description="when a recommendation ended because the candidate withdrew"
    )
    method: Literal["single", "ranked", "approval"]
    reason: str
    outcome_en: str
    outcome_fr: str
    candidate: str | None
    party: str | None = Field(description="code of the party, as in results")
    eligible: int
    cast: int
    valid: int | None
    ballots: str | None = Field(description="path of the ballot file; null where votes may not be shown")
    ballots_sha256: str | None
