"""Builders of chapters and candidates for tests."""

import datetime as dt
from typing import Any
from uuid import uuid4

from campaign.models import Party
from supporters.models import User
from tests import make
from volunteers.enums import CandidacyState
from volunteers.models import Candidacy, Chapter, Interview, QuestionSet
from volunteers.services import (
    Decision,
    Entry,
    Record,
    Said,
    Source,
    add_candidate,
    move_candidate,
    open_chapter,
    publish_interview,
    record_stance,
    save_interview,
    write_questions,
)

RIDING, OTHER = 35001, 59003
DAY = dt.date(2026, 11, 20)
BOTH = {"cooperate": Said("yes", "I will."), "reform": Said("partly")}


def country() -> None:
    """Make ridings, parties and an election that is over."""
    make.small_country()


def chapter(number: int = RIDING) -> Chapter:
    return open_chapter(riding_number=number, now=make.NOON)


def candidate(name: str = "Ana Silva", party: str = "NDP", number: int = RIDING, **fields: Any) -> Candidacy:
    entry = Entry(Party.objects.get(code=party), name, **fields)
    return add_candidate(riding_number=number, entry=entry, now=make.NOON)


def questions(chapter: Chapter, *english: str) -> QuestionSet:
    pairs = [(text, "") for text in english or ("Why?", "How?")]
    return write_questions(chapter=chapter, name="Ours", pairs=pairs, language="en", now=make.NOON)


def interview(
    candidacy: Candidacy,
    *answers: str,
    is_published: bool = True,
    question_set: QuestionSet | None = None,
    **fields: Any,
) -> Interview:
    rows = question_set.questions.order_by("display_order") if question_set else ()
    written = {row.pk: text for row, text in zip(rows, answers, strict=False)}
    defaults = {"held_on": DAY, "interviewers": "", "place": "", "language": "en", "stances": BOTH}
    saved = save_interview(
        candidacy=candidacy,
        form_key=uuid4(),
        question_set=question_set,
        record=Record(**{**defaults, "answers": written, **fields}),
        by=None,
        now=make.NOON,
    )
    return publish_interview(interview_id=saved.pk, now=make.NOON) if is_published else saved


def stance(candidacy: Candidacy, topic: str = "cooperate", value: str = "yes", as_of: dt.date = DAY) -> None:
    source = Source("The Paper", f"https://example.org/{topic}", as_of)
    record_stance(
        candidacy=candidacy, topic=topic, said=Said(value), language="en", source=source, now=make.NOON
    )


def moved(candidacy: Candidacy, *states: CandidacyState, by: User | None = None) -> Candidacy:
    """Move a candidate step by step, each with a reason."""
    for state in states:
        decision = Decision(state, reason_en=f"Reason for {state.value}")
        candidacy = move_candidate(candidacy_id=candidacy.pk, decision=decision, by=by, now=make.NOON)
    return candidacy


def unity(candidacy: Candidacy) -> Candidacy:
    """Lead a candidate all the way, with an interview."""
    interview(candidacy)
    return moved(candidacy, CandidacyState.ASSESSED, CandidacyState.ENDORSED, CandidacyState.UNITY)
