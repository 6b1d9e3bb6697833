"""What candidates answered, side by side: question by question."""

import datetime as dt
from dataclasses import dataclass

from ridings.models import Riding
from ridings.queries.codes import live_ridings
from volunteers.enums import InterviewState, StanceTopic
from volunteers.models import Answer, Interview
from volunteers.queries.candidates import CandidateView, candidates_of
from volunteers.queries.chapters import live_chapter


@dataclass(frozen=True)
class AnswerView:
    """One candidate's answer; for the fixed questions in one word too, and with the source if it was said elsewhere."""

    name: str
    party: str
    colour: str
    text: str
    language: str
    held_on: dt.date
    value: str = ""
    value_label: str = ""
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question and what the candidates answered."""

    text: str
    language: str
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True)
class InterviewView:
    """That an interview was held."""

    name: str
    party: str
    held_on: dt.date
    place: str
    interviewers: str


@dataclass(frozen=True)
class AnswersPage:
    """All published interviews of a chapter; the fixed questions come first."""

    riding: Riding
    fixed: tuple[QuestionView, ...]
    questions: tuple[QuestionView, ...]
    interviews: tuple[InterviewView, ...]


def answers_page(riding_number: int) -> AnswersPage | None:
    """Return the published answers in a riding, or None where no chapter is."""
    riding = live_ridings([riding_number]).get(riding_number)
    if riding is None or live_chapter(riding_number) is None:
        return None
    candidates = candidates_of(riding_number)
    return AnswersPage(
        riding=riding,
        fixed=_fixed(candidates),
        questions=_questions(riding_number, [one.pk for one in candidates]),
        interviews=_interviews(riding_number),
    )


def _fixed(candidates: tuple[CandidateView, ...]) -> tuple[QuestionView, ...]:
    return tuple(
        QuestionView(
            str(topic.label),
            "",
            tuple(
                AnswerView(
                    one.name, one.party, one.colour, stance.quote, stance.language, stance.as_of, stance.value,
                    stance.value_label, stance.source, stance.source_url,
                )
                for one in candidates
                for stance in one.stances
                if stance.topic == topic
            ),
        )
        for topic in StanceTopic
    )  # fmt: skip


def _questions(riding_number: int, order: list[int]) -> tuple[QuestionView, ...]:
    said = Answer.objects.filter(
        interview__candidacy__riding_number=riding_number, interview__state=InterviewState.PUBLISHED
    ).select_related("question", "interview__candidacy__party")
    grouped: dict[int, list[Answer]] = {}
    for row in said.order_by(
        "question__question_set_id", "question__display_order", "question_id", "-interview__held_on"
    ):
        grouped.setdefault(row.question_id, []).append(row)
    for answers in grouped.values():
        answers.sort(key=lambda row: order.index(row.interview.candidacy_id))
    return tuple(
        QuestionView(rows[0].question.text, rows[0].question.text_language, tuple(map(_answer, rows)))
        for rows in grouped.values()
    )


def _answer(row: Answer) -> AnswerView:
    candidacy = row.interview.candidacy
    party = candidacy.party
    return AnswerView(
        candidacy.person_name, party.short_name, party.colour, row.text, row.language, row.interview.held_on
    )


def _interviews(riding_number: int) -> tuple[InterviewView, ...]:
    rows = Interview.objects.filter(
        candidacy__riding_number=riding_number, state=InterviewState.PUBLISHED
    ).select_related("candidacy__party")
    return tuple(
        InterviewView(
            row.candidacy.person_name,
            row.candidacy.party.short_name,
            row.held_on,
            row.place,
            row.interviewers,
        )
        for row in rows.order_by("-held_on", "-pk")
    )
