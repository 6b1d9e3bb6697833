"""Organizers do everything for chapters, by the same rules."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from supporters.models import User
from tests import people
from tests.volunteers import build
from volunteers.enums import CandidacyState as State
from volunteers.importers.first_words import install_question_set
from volunteers.models import Candidacy, CandidacyMove, Chapter, Interview, QuestionSet, Stance

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

MODELS = ["chapter", "questionset", "candidacy", "interview", "stance"]


def url(model: str, action: str = "changelist", *args: Any) -> str:
    return reverse(f"admin:volunteers_{model}_{action}", args=args)


def decision(row: Candidacy, state: str, **fields: str) -> dict[str, str]:
    return {"person_name": row.person_name, "candidate": "", "decision": state, **fields}


@pytest.mark.parametrize("model", MODELS)
def test_lists_search_and_forms_open(organizer_client: Client, chapter: Chapter, model: str) -> None:
    row = build.candidate()
    talk = build.interview(row, question_set=build.questions(chapter))
    pks = {
        "chapter": chapter.pk, "questionset": QuestionSet.objects.get(riding_number=build.RIDING).pk,
        "candidacy": row.pk, "interview": talk.pk, "stance": Stance.objects.all()[0].pk,
    }  # fmt: skip

    pages = [url(model) + "?q=35001", url(model, "add"), url(model, "change", pks[model])]

    assert [organizer_client.get(page).status_code for page in pages] == [200, 200, 200]
    assert organizer_client.post(url(model, "delete", pks[model]), {"post": "yes"}).status_code == 403


def test_a_chapter_is_entered_only_where_a_riding_is_and_once(
    organizer_client: Client, ridings: None
) -> None:
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    typed = {"name": "", "state": "forming", **{f"ticks-{key}": value for key, value in empty.items()}}

    statuses = [
        organizer_client.post(url("chapter", "add"), {**typed, "riding_number": number}).status_code
        for number in (build.RIDING, build.RIDING, 35999)
    ]
    formed = organizer_client.post(
        url("chapter", "add"), {**typed, "riding_number": build.OTHER, "state": "formed"}
    )

    assert statuses == [302, 200, 200]
    assert "on which day" in formed.content.decode()
    assert list(Chapter.objects.values_list("riding_number", flat=True)) == [build.RIDING]


def test_decisions_follow_the_same_rules_and_are_traced(
    organizer: User, organizer_client: Client, chapter: Chapter
) -> None:
    row = build.candidate()
    change = url("candidacy", "change", row.pk)
    refused = [
        organizer_client.post(change, decision(row, state, reason_en=reason)).status_code
        for state, reason in (("assessed", " "), ("endorsed", "Good."), ("unity", "Good."))
    ]
    organizer_client.post(change, decision(row, "assessed", reason_fr="Lu."))
    unproven = organizer_client.post(change, decision(row, "endorsed", reason_en="Good."))
    build.interview(row)
    organizer_client.post(change, decision(row, "endorsed", reason_en="Good.", interest="None of us."))

    row.refresh_from_db()
    assert (refused, unproven.status_code, row.state) == ([200, 200, 200], 200, "endorsed")
    assert list(CandidacyMove.objects.order_by("pk").values_list("to_state", "by", "interest")) == [
        ("assessed", organizer.pk, ""),
        ("endorsed", organizer.pk, "None of us."),
    ]


def test_a_published_interview_is_not_changed_even_by_organizers(
    organizer_client: Client, chapter: Chapter
) -> None:
    draft = build.interview(build.candidate(), is_published=False)
    empty = build.interview(build.candidate("Ben Roy"), is_published=False, stances={})

    organizer_client.post(url("interview"), {"action": "publish", "_selected_action": [draft.pk, empty.pk]})
    answer = organizer_client.post(url("interview", "change", draft.pk), {"held_on": "2020-01-01"})

    states = dict(Interview.objects.values_list("pk", "state"))
    assert (states, answer.status_code) == ({draft.pk: "published", empty.pk: "draft"}, 403)


@pytest.mark.parametrize("address", ["http://example.org/", "javascript:alert(1)", ""])
def test_a_stance_without_an_honest_source_is_refused(
    organizer_client: Client, chapter: Chapter, address: str
) -> None:
    typed = {
        "candidacy": build.candidate().pk, "topic": "reform", "value": "yes", "quote": "", "language": "en",
        "source": "The Paper", "source_url": address, "as_of": "2025-11-20",
    }  # fmt: skip

    assert organizer_client.post(url("stance", "add"), typed).status_code == 200
    assert (
        organizer_client.post(url("stance", "add"), {**typed, "source_url": "https://a.org/"}).status_code
        == 302
    )
    assert Stance.objects.get().source_url == "https://a.org/"


def test_chapters_are_closed_by_an_action(organizer_client: Client, chapter: Chapter) -> None:
    organizer_client.post(url("chapter"), {"action": "close", "_selected_action": [chapter.pk]})

    chapter.refresh_from_db()
    assert chapter.closed_at is not None


@pytest.mark.parametrize("model", MODELS)
def test_leads_see_no_admin(client: Client, chapter: Chapter, model: str) -> None:
    client.force_login(people.lena(build.RIDING))

    assert [client.get(url(model)).status_code, client.post(url(model, "add"), {}).status_code] == [302, 302]


def test_the_questions_that_come_with_the_program_are_set_up_once(db: None) -> None:
    QuestionSet.objects.all().delete()

    said = [install_question_set() for _ in range(2)]

    questions = QuestionSet.objects.get().questions.all()
    assert said == ["Questions to candidates set up.", "Questions to candidates were there."]
    assert (len(questions), all(row.text_en and row.text_fr for row in questions)) == (8, True)


def test_moves_can_be_read_in_the_history(organizer_client: Client, chapter: Chapter) -> None:
    row = build.moved(build.candidate(), State.ASSESSED)

    page = organizer_client.get(url("candidacy", "change", row.pk)).content.decode()

    assert "Reason for assessed" in page
