"""The plan and the toolkits: shown once published, in both languages, safely."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaign.importers.first_words import install_first_words
from campaign.models import ContactTopic, Page, ShareText
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_pages(db: None) -> None:
    Page.objects.all().delete()


def page(slug: str = "words-for-doors", **fields: Any) -> Page:
    texts = {
        f"{field}_{language}": f"{field} {language} of {slug}"
        for field in ("title", "summary", "body")
        for language in ("en", "fr")
    }
    defaults = {"slug_en": slug, "slug_fr": f"{slug}-fr", "audience": "supporters", "is_published": True}
    return Page.objects.create(**{**texts, **defaults, **fields})


def plan(**fields: Any) -> Page:
    return page("plan", **{"kind": "plan", "audience": "", **fields})


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_toolkit_is_listed_read_and_cached(client: Client) -> None:
    page(body_en="# Begin\n\n<b>bold</b> **strong**")

    answer = client.get("/toolkits/words-for-doors/")
    shown = answer.content.decode()
    assert "title en of words-for-doors" in text(client, "/toolkits/")
    assert "<h2>Begin</h2>" in shown
    assert "&lt;b&gt;bold&lt;/b&gt; <strong>strong</strong>" in shown
    assert "public" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer


def test_each_language_has_its_address_and_leads_to_the_other(client: Client) -> None:
    page()

    wrong = client.get("/fr/toolkits/words-for-doors/")
    french = text(client, "/fr/toolkits/words-for-doors-fr/")

    assert (wrong.status_code, wrong["Location"]) == (301, "/fr/toolkits/words-for-doors-fr/")
    assert "title fr of words-for-doors" in french
    assert re.search(r'<link rel="alternate" hreflang="en" href="\S+/toolkits/words-for-doors/">', french)


def test_what_is_not_published_is_not_there(client: Client) -> None:
    page(is_published=False)
    plan(is_published=False)

    assert client.get("/toolkits/words-for-doors/").status_code == 404
    assert client.get("/plan/").status_code == 404
    assert "words-for-doors" not in text(client, "/toolkits/")


def test_the_list_is_narrowed_to_an_audience_that_has_any(client: Client) -> None:
    page("for-chapters-only", audience="chapters")
    page("for-candidates-only", audience="candidates")

    chosen = text(client, "/toolkits/?audience=chapters")
    unknown = text(client, "/toolkits/?audience=%3Cscript%3E")

    assert ("for-chapters-only" in chosen, "for-candidates-only" in chosen) == (True, False)
    assert "for-candidates-only" in unknown
    assert "%3Cscript" not in unknown
    assert "?audience=organizations" not in unknown


def test_the_plan_is_shown_and_is_no_toolkit(client: Client) -> None:
    plan()

    assert "title en of plan" in text(client, "/plan/")
    assert "title fr of plan" in text(client, "/fr/plan/")
    assert client.get("/toolkits/plan/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_many(client: Client, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        page(f"toolkit-{number}")

    with django_assert_num_queries(2):
        client.get("/toolkits/")


def test_first_words_come_once_and_what_organizers_change_stays() -> None:
    ShareText.objects.filter(topic="page").delete()
    ContactTopic.objects.all().delete()
    install_first_words()
    Page.objects.filter(slug_en="talking-points").update(title_en="Ours", is_published=False)
    Page.objects.filter(kind="plan").update(slug_en="another-plan")
    ContactTopic.objects.filter(slug="media").update(address="press@example.org")

    assert install_first_words() == "0 contact topics, 0 pages, 0 leaders added."

    changed = Page.objects.get(slug_en="talking-points")
    assert (changed.title_en, changed.is_published) == ("Ours", False)
    assert ContactTopic.objects.get(slug="media").address == "press@example.org"
    assert (Page.objects.filter(kind="plan").count(), ShareText.objects.filter(topic="page").count()) == (
        1,
        5,
    )
    audiences = set(Page.objects.filter(kind="toolkit").values_list("audience", flat=True))
    assert audiences == {"supporters", "organizations", "chapters", "candidates"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_links_of_the_first_pages_lead_somewhere(client: Client, country: Any, language: str) -> None:
    Page.objects.all().delete()
    install_first_words()

    bodies = Page.objects.order_by("pk").values_list(f"body_{language}", flat=True)
    links = {link for body in bodies for link in re.findall(r"\]\((/\S+)\)", body)}
    prefix = "/fr/" if language == "fr" else "/"
    assert len(links) >= 10
    assert [
        link for link in links if not link.startswith(prefix) or (language == "en" and "/fr/" in link)
    ] == []
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.ignore_template_errors
def test_an_organizer_writes_a_page(client: Client, organizer_client: Client) -> None:
    row = page()
    columns = [f.name for f in Page._meta.fields if f.name != "id"]
    typed = {name: getattr(row, name) for name in columns} | {"body_en": "## New words", "is_published": "on"}

    answer = organizer_client.post(reverse("admin:campaign_page_change", args=[row.pk]), typed)

    assert answer.status_code == 302
    assert "<h2>New words</h2>" in text(client, "/toolkits/words-for-doors/")


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"audience": ""}, "A toolkit is for somebody"),
        ({"kind": "plan", "audience": ""}, "There is a plan already"),
    ],
)
def test_what_cannot_be_is_said(organizer_client: Client, changes: dict[str, str], sentence: str) -> None:
    plan()
    row = page()
    columns = [f.name for f in Page._meta.fields if f.name != "id"]
    typed = {name: getattr(row, name) for name in columns} | {"is_published": "on", **changes}

    answer = organizer_client.post(reverse("admin:campaign_page_change", args=[row.pk]), typed)

    assert sentence in answer.content.decode()
    assert make.mails() == []
