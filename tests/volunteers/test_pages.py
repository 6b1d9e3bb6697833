"""What the public sees of chapters: pages, panels, the API; and what it never sees."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from coop4canada.kit.clock import now
from coop4canada.kit.memory import forget_everything
from ridings.models import Riding
from ridings.queries import RidingPage, riding_page
from supporters.enums import RidingRoleKind
from tests import people
from tests.volunteers import build
from volunteers.enums import CandidacyState as State
from volunteers.models import Chapter
from volunteers.panels import at_work_in_riding, chapter_evidence, workspaces
from volunteers.services import ChapterDetails, Decision, describe_chapter, move_candidate

pytestmark = [pytest.mark.django_db]

PAGE, ANSWERS, API = (
    f"/chapters/{build.RIDING}/",
    f"/chapters/{build.RIDING}/answers/",
    f"/api/v1/chapters/{build.RIDING}",
)


@pytest.fixture
def told(chapter: Chapter) -> Chapter:
    """A chapter that has chosen: Ana leads, Ben withdrew, Cat has only a draft."""
    lena = people.lena(build.RIDING)
    people.igor(build.RIDING)
    details = ChapterDetails("Split Together", build.DAY, "Secret Liaison", "secret@example.org")
    describe_chapter(chapter=chapter, details=details)
    ana, ben, cat = build.candidate(), build.candidate("Ben Roy", "LPC"), build.candidate("Cat Wu", "GPC")
    ours = build.questions(chapter, "Why you?", "How fast?")
    build.interview(
        ana, "Because I listen.", "By 2030.", question_set=ours, interviewers="Igor", place="Library"
    )
    build.interview(cat, "A draft that nobody may read.", question_set=ours, is_published=False)
    build.stance(ben, "cooperate", "no", build.DAY - dt.timedelta(days=3))
    build.moved(ana, State.ASSESSED, State.ENDORSED, by=lena)
    chosen = Decision(State.UNITY, "", "La mieux placée.", "Our treasurer is her cousin.")
    move_candidate(candidacy_id=ana.pk, decision=chosen, by=lena, now=now())
    build.moved(ben, State.WITHDRAWN, by=lena)
    return chapter


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert (answer.status_code, "public" in answer["Cache-Control"]) == (200, True)
    assert "Set-Cookie" not in answer
    assert "Cookie" not in answer.get("Vary", "")
    return answer.content.decode()


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_page_shows_state_reasons_interest_stances_and_progress(
    client: Client, told: Chapter, prefix: str
) -> None:
    page = text_of(client, prefix + PAGE)

    shown = [
        "Ana Silva",
        "Ben Roy",
        "Cat Wu",
        "Reason for endorsed",
        "La mieux placée.",
        "Our treasurer is her cousin.",
    ]
    assert [
        words for words in [*shown, "https://example.org/cooperate", "I will.", ANSWERS] if words not in page
    ] == []
    assert '<div lang="fr">' in page if prefix == "" else '<div lang="en">' in page


def test_nothing_public_names_who_worked_or_what_is_a_draft(client: Client, told: Chapter) -> None:
    everywhere = "".join(text_of(client, path) for path in ("/chapters/", PAGE, ANSWERS, API))
    everywhere += text_of(client, f"/ridings/{build.RIDING}-split/") if Riding.objects.exists() else ""

    for hidden in ("lena@", "igor@", "Secret Liaison", "secret@", "nobody may read"):
        assert hidden not in everywhere


def test_answers_stand_side_by_side(client: Client, told: Chapter) -> None:
    page = text_of(client, ANSWERS)

    order = [
        "Will you cooperate",
        "Will you support",
        "Why you?",
        "Because I listen.",
        "How fast?",
        "By 2030.",
        "Library",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "Igor" in page
    assert '<a href="https://example.org/cooperate" rel="noopener nofollow">The Paper</a>' in page


def test_the_list_leads_to_chapters_with_a_fixed_number_of_queries(
    client: Client, told: Chapter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        one = text_of(client, "/chapters/")
    for number in (35002, build.OTHER):
        build.unity(build.candidate(f"Unity {number}", number=number))
        build.chapter(number)
    forget_everything()
    with django_assert_num_queries(4):
        three = text_of(client, "/chapters/")

    assert ["Ana Silva" in one, "Unity 35002" in one, "Unity 35002" in three] == [True, False, True]


def test_the_page_needs_the_same_queries_for_many_candidates(
    client: Client, chapter: Chapter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for names in (("Ana",), ("Ben", "Cat", "Dan")):
        for name in names:
            row = build.candidate(name)
            build.interview(row)
            build.moved(row, State.ASSESSED, State.ENDORSED)
        forget_everything()
        with django_assert_num_queries(8) as asked:
            text_of(client, PAGE)
        counts.append(len(asked))
    assert counts == [8, 8]


@pytest.mark.parametrize("number", [35002, 12345, 99999])
def test_where_no_chapter_is_there_is_no_page(client: Client, chapter: Chapter, number: int) -> None:
    paths = [f"/chapters/{number}/", f"/chapters/{number}/answers/", f"/api/v1/chapters/{number}"]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def read_page(number: int) -> RidingPage:
    page = riding_page(number)
    assert page is not None
    return page


def test_a_closed_chapter_is_gone_from_the_public(client: Client, told: Chapter) -> None:
    Chapter.objects.update(closed_at=now())

    assert [client.get(path).status_code for path in (PAGE, ANSWERS, API)] == [404, 404, 404]
    assert "Split" not in text_of(client, "/chapters/")
    assert (
        at_work_in_riding(page=read_page(build.RIDING)),
        chapter_evidence(riding_number=build.RIDING),
    ) == (None, None)


def test_the_riding_panel_costs_one_query(
    told: Chapter, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    split, safe = read_page(build.RIDING), read_page(35002)

    with django_assert_num_queries(1):
        panel = at_work_in_riding(page=split)
    with django_assert_num_queries(1):
        silent = at_work_in_riding(page=safe)

    assert panel is not None
    assert (panel.context["unity"].name, panel.call and panel.call.path, silent) == ("Ana Silva", PAGE, None)


def test_the_riding_page_leads_to_the_chapter(client: Client, told: Chapter) -> None:
    page = text_of(client, f"/ridings/{build.RIDING}-split/")

    assert ["Ana Silva" in page, PAGE in page] == [True, True]


def test_evidence_for_a_ballot_is_compact_and_complete(told: Chapter) -> None:
    panel = chapter_evidence(riding_number=build.RIDING)

    assert panel is not None
    html = render_to_string(panel.template, {"panel": panel.context})
    assert [words in html for words in ("Ana Silva", "unity candidate", "Cat Wu", "Ben Roy", ANSWERS)] == [
        True, True, True, False, True,
    ]  # fmt: skip
    assert chapter_evidence(riding_number=35002) is None
    assert build.chapter(35002)
    assert chapter_evidence(riding_number=35002) is None


def test_the_account_leads_to_its_workspaces(ridings: None) -> None:
    igor, chantal = people.igor(build.RIDING), people.chantal(build.RIDING)
    people.holder(igor.email, RidingRoleKind.CHAPTER_LEAD, build.OTHER)

    panel = workspaces(user=igor)

    assert panel is not None
    assert [riding.number for riding in panel.context["ridings"]] == [build.RIDING, build.OTHER]
    assert workspaces(user=chantal) is None
    assert workspaces(user=AnonymousUser()) is None  # type: ignore[arg-type]


def test_the_api_tells_states_stances_and_decisions(client: Client, told: Chapter) -> None:
    answer: Any = client.get(API)
    facts = answer.json()
    first = facts["candidates"][0]

    assert (facts["riding"], facts["state"], facts["founded_on"]) == (build.RIDING, "formed", "2026-11-20")
    assert facts["tasks_done"] == [
        "form",
        "liaison",
        "interviewers",
        "questions",
        "interview",
        "publish",
        "assess",
        "decide",
    ]
    assert [(one["name"], one["state"]) for one in facts["candidates"]] == [
        ("Ana Silva", "unity"), ("Cat Wu", "considered"), ("Ben Roy", "withdrawn"),
    ]  # fmt: skip
    assert [(row["topic"], row["value"], row["source_url"]) for row in first["stances"]] == [
        ("cooperate", "yes", ""), ("reform", "partly", ""),
    ]  # fmt: skip
    assert [row["to_state"] for row in first["decisions"]] == ["assessed", "endorsed", "unity"]
    assert first["decisions"][2]["interest"] == "Our treasurer is her cousin."
    assert "by" not in first["decisions"][0]


def test_french_words_are_used(told: Chapter) -> None:
    with translation.override("fr"):
        panel = chapter_evidence(riding_number=build.RIDING)
        assert panel is not None
        assert "candidature d’unité" in render_to_string(panel.template, {"panel": panel.context})
