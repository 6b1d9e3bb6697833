"""Hostile and hasty input: a sentence, what was typed stays, and nothing changes."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit.clock import now
from ridings.models import Candidate, Riding
from tests import make, people
from tests.volunteers import build
from volunteers.models import Candidacy, Chapter, Interview, QuestionSet, Stance

pytestmark = pytest.mark.django_db

TOMORROW = (now() + dt.timedelta(days=2)).date().isoformat()
LONG, GARBLED = "x" * 5000, "a\N{REPLACEMENT CHARACTER}b"


@pytest.fixture
def lead(client: Client, chapter: Chapter) -> Client:
    client.force_login(people.lena(build.RIDING))
    return client


def path(name: str, *args: int) -> str:
    return reverse(f"chapters:{name}", args=[build.RIDING, *args])


@pytest.mark.parametrize(
    ("name", "field", "typed"),
    [
        ("describe", "founded_on", TOMORROW),
        ("describe", "founded_on", "yesterday"),
        ("describe", "liaison_email", "lia@"),
        ("describe", "name", GARBLED),
        ("add-candidate", "name", "https://spam.example"),
        ("add-candidate", "party", "CPC"),
        ("add-candidate", "party", ""),
        ("add-candidate", "election", "999"),
        ("interviewers", "email", "nobody"),
        ("interviewers", "language", "xx"),
        ("questions", "choice", "999999"),
        ("questions", "english", ""),
        ("questions", "english", "a\n" * 30),
    ],
)
def test_forms_of_the_chapter_refuse_and_keep(lead: Client, name: str, field: str, typed: str) -> None:
    good = {
        "name": "Zed", "party": "LPC", "email": "a@example.org", "language": "en", "choice": "own", "english": "Why?",
    }  # fmt: skip

    answer = lead.post(path(name), {**good, field: typed})

    page = answer.content.decode()
    assert (answer.status_code, 'role="alert"' in page) == (422, True)
    assert (Candidacy.objects.count(), QuestionSet.objects.filter(riding_number__isnull=False).count()) == (
        0,
        0,
    )
    assert name == "questions" or "Zed" in page or field == "name"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("held_on", ""), ("held_on", TOMORROW), ("stance_reform", "maybe"), ("form_key", "x"), ("place", GARBLED),
     ("language", "de"), ("answer", LONG), ("quote_reform", "words without a stance")],
)  # fmt: skip
def test_an_interview_with_a_mistake_is_kept_in_the_form(
    lead: Client, chapter: Chapter, field: str, typed: str
) -> None:
    question = build.questions(chapter).questions.order_by("pk")[0]
    row = build.candidate()
    name = f"answer_{question.pk}"
    typed_in = {
        "form_key": str(uuid4()),
        "held_on": "2025-11-20",
        "language": "en",
        name: "My careful answer",
    }

    answer = lead.post(path("interview", row.pk), {**typed_in, (name if field == "answer" else field): typed})

    assert (answer.status_code, Interview.objects.count()) == (422, 0)
    assert field == "answer" or "My careful answer" in answer.content.decode()


def test_questions_changed_while_somebody_types_lose_no_answer(lead: Client, chapter: Chapter) -> None:
    opened = build.questions(chapter)
    question, row = opened.questions.order_by("pk")[0], build.candidate()
    build.questions(chapter, "Newer?")
    typed = {
        "form_key": str(uuid4()),
        "held_on": "2025-11-20",
        "language": "en",
        f"answer_{question.pk}": "Kept",
    }

    lead.post(path("interview", row.pk), {**typed, "question_set": opened.pk})

    saved = Interview.objects.get()
    assert (saved.question_set, saved.answers.get().text) == (opened, "Kept")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("source_url", "http://example.org"), ("source_url", "javascript:alert(1)"), ("source", ""), ("as_of", TOMORROW),
     ("topic", "pie"), ("value", "")],
)  # fmt: skip
def test_a_stance_needs_source_day_and_answer(lead: Client, field: str, typed: str) -> None:
    row = build.candidate()
    good = {
        "topic": "reform", "value": "yes", "quote": "Kept words", "language": "en", "source": "S",
        "source_url": "https://example.org/", "as_of": "2025-11-20",
    }  # fmt: skip

    answer = lead.post(path("stance", row.pk), {**good, field: typed})

    assert (answer.status_code, Stance.objects.count()) == (422, 0)
    assert "Kept words" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": "assessed"}, "Write the public reason"),
        ({"state": "unity"}, "This step is not possible now"),
        ({"state": "king"}, "Select a valid choice"),
        ({"state": "assessed", "interest": "x" * 601}, "at most 600 characters"),
    ],
)
def test_a_refused_decision_says_why(lead: Client, typed: dict[str, str], sentence: str) -> None:
    row = build.candidate()

    answer: Any = lead.post(path("decide", row.pk), {"reason_en": "", **typed})

    row.refresh_from_db()
    assert (answer.status_code, sentence in answer.content.decode(), row.state) == (422, True, "considered")


def test_official_candidates_of_a_coming_election_are_taken_over_once(lead: Client) -> None:
    riding = Riding.objects.get(number=build.RIDING)
    coming = make.election(riding.boundary_set, 46, "2029-10-15")
    parties = make.parties()
    ana, _target = (
        Candidate.objects.create(election=coming, riding=riding, party=parties[code], name=name)
        for code, name in (("NDP", "Ana Silva"), ("CPC", "Tory"))
    )
    page = lead.get(path("add-candidate")).content.decode()

    answers = [
        lead.post(path("add-candidate"), {"official": number}).status_code
        for number in (ana.pk, ana.pk, 0, 9)
    ]

    row = Candidacy.objects.get()
    assert ("Ana Silva" in page, "Tory" in page, answers) == (True, False, [303, 422, 422, 422])
    assert (row.candidate, row.election, row.party.code) == (ana, coming, "NDP")
    ana.delete()
    row.refresh_from_db()
    assert (row.candidate, row.person_name) == (None, "Ana Silva")
