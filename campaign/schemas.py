"""Shapes of the public JSON API, version 1, about the coalition."""

import datetime as dt

from ninja import Field, Schema


class CoalitionMember(Schema):
    """An organization that stands with the campaign; a name or statement is empty where there is none in that language."""

    name_en: str
    name_fr: str
    website: str
    kind: str = Field(description="national, local, union, students, faith, business or other")
    statement_en: str
    statement_fr: str
    logo: str | None = Field(
        description="path of its picture (WebP), which never changes; null if it gave none"
    )
    since: dt.datetime = Field(description="when it was approved")
