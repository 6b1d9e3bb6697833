"""Shapes of the public JSON API, version 1, about petitions."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema


class AddresseeItem(Schema):
    """Somebody the letter goes to."""

    name: str
    role_en: str
    role_fr: str
    party: str | None = Field(description="code of the party, as in results")


class PetitionFacts(Schema):
    """A petition with its public count; nothing about whoever signed."""

    slug_en: str
    slug_fr: str
    title_en: str
    title_fr: str
    summary_en: str
    summary_fr: str
    state: Literal["upcoming", "open", "closed"]
    opens_at: dt.datetime
    closes_at: dt.datetime | None
    goal: int
    signatures: int = Field(description="as of the last counting")
    counts_unconfirmed: bool = Field(description="whether signatures not yet confirmed by mail are counted")
    counted_at: dt.datetime | None
    addressees: list[AddresseeItem]
    by_province: dict[str, int]


class RidingSignatures(Schema):
    """Signatures by FED number; `0` stands for those whose riding is not known."""

    signatures: dict[int, int]
