"""Shapes of the public JSON API, version 1, about chapters."""

import datetime as dt

from ninja import Field, Schema


class StanceItem(Schema):
    """Where a candidate stands now on a question that everybody is asked."""

    topic: str = Field(description="cooperate or reform")
    value: str = Field(description="yes, partly, no or silent")
    quote: str
    language: str = Field(description="of the quotation: en or fr")
    source: str = Field(description="empty: said in an interview of the chapter")
    source_url: str
    as_of: dt.date


class DecisionItem(Schema):
    """One decision of the chapter."""

    from_state: str
    to_state: str
    reason_en: str
    reason_fr: str
    interest: str = Field(description="ties to the candidate or party that those who decided declared")
    at: dt.datetime


class CandidateItem(Schema):
    """Somebody the chapter looks at; those it stands behind come first."""

    name: str
    party: str = Field(description="code")
    election_year: int | None = Field(description="null: the next election, not called yet")
    state: str = Field(description="considered, assessed, endorsed, unity, declined or withdrawn")
    published_interviews: int
    stances: list[StanceItem]
    decisions: list[DecisionItem]


class ChapterItem(Schema):
    """A riding's chapter."""

    riding: int = Field(description="FED number")
    name: str
    state: str = Field(description="forming or formed")
    founded_on: dt.date | None
    tasks_done: list[str] = Field(
        description="of form, liaison, interviewers, questions, interview, publish, assess, decide, grow, turn"
    )
    candidates: list[CandidateItem]
