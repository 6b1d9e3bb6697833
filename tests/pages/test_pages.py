"""What every public page owes its readers, in both languages."""

import re
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from ridings.models import BoundarySet

PATHS = [
    "/",
    "/ridings/",
    "/ridings/?province=PE&riding_class=swing",
    "/ridings/find/",
    "/ridings/find/?q=halifax",
]
RIDING = "/ridings/35110-toronto-danforth/"
# Elements whose text a browser treats as code or style.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


class Outline(HTMLParser):
    """Collects what tests ask about a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(params=["", "/fr"], ids=["en", "fr"])
def prefix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("path", [*PATHS, RIDING, "/no-such-page/"])
def test_page_has_one_title_its_language_and_nothing_inline(client: Client, path: str, prefix: str) -> None:
    response = client.get(prefix + path, follow=True)

    html = response.content.decode()
    outline = Outline(html)
    assert len(outline.all("h1")) == 1
    assert outline.all("html")[0]["lang"] == ("fr" if prefix else "en")
    assert INLINE.findall(html) == []
    assert response.cookies == {}
    assert "csrfmiddlewaretoken" not in html


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("path", ["/", "/ridings/", RIDING])
def test_page_names_itself_and_its_twin_in_the_other_language(
    client: Client, path: str, settings: object
) -> None:
    settings.SITE_URL = "https://example.org"  # type: ignore[attr-defined]

    links = Outline(client.get(path).content.decode()).all("link")

    canonical = [link["href"] for link in links if link.get("rel") == "canonical"]
    others = {link["hreflang"]: link["href"] for link in links if link.get("rel") == "alternate"}
    assert canonical == [f"https://example.org{path}"]
    assert others == {"en": f"https://example.org{path}", "fr": f"https://example.org/fr{path}"}


@pytest.mark.usefixtures("country")
def test_language_switch_keeps_the_question(client: Client) -> None:
    html = client.get("/ridings/find/?q=halifax").content.decode()

    assert 'href="/fr/ridings/find/?q=halifax"' in html


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("path", ["/ridings/find/?q=halifax", "/no-such-page/"])
def test_answers_and_errors_are_not_for_search_engines(client: Client, path: str) -> None:
    metas = Outline(client.get(path).content.decode()).all("meta")

    assert {"name": "robots", "content": "noindex"} in metas


@pytest.mark.usefixtures("country")
def test_what_was_typed_is_kept_and_never_run(client: Client) -> None:
    typed = '"><img src=x onerror=alert(1)>'

    response = client.get("/ridings/find/", {"q": typed})

    html = response.content.decode()
    assert "<img src=x" not in html
    assert [field["value"] for field in Outline(html).all("input") if field.get("name") == "q"] == [typed]


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    "question", [{"q": ""}, {"q": "x" * 10_000}, {"lat": "nan", "lon": "1"}, {"lat": "45"}]
)
def test_bad_questions_get_a_sentence_by_the_field(client: Client, question: dict[str, str]) -> None:
    response = client.get("/ridings/find/", question)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'class="c-error" role="alert">' in response.content.decode()


@pytest.mark.usefixtures("country")
def test_every_chart_has_its_figures_in_a_table(client: Client) -> None:
    html = client.get(RIDING).content.decode()

    charts = re.findall(r'<article class="c-chart">.*?</article>', html, re.DOTALL)
    assert charts
    for chart in charts:
        drawn = re.findall(r'class="c-chart-value"[^>]*>([^<]+)<', chart)
        told = re.findall(r'<td class="is-number">([^<]+%)</td>', chart)
        assert drawn == told
        assert re.search(r'<svg [^>]*role="img" aria-label="[^"]{10,}"', chart)


@pytest.mark.usefixtures("country")
def test_the_table_lists_what_the_cartogram_draws(client: Client) -> None:
    html = client.get("/ridings/?province=PE").content.decode()

    drawn = {link["data-riding"] for link in Outline(html).all("a") if "data-riding" in link}
    told = {line["data-riding"] for line in Outline(html).all("tr") if "data-riding" in line}
    assert drawn == told == {"11001", "11002", "11003", "11004"}


@pytest.mark.django_db
def test_pages_stand_on_an_empty_database(client: Client) -> None:
    BoundarySet.objects.update(status="draft")

    for path in ("/", "/ridings/", "/ridings/find/?q=halifax"):
        assert client.get(path).status_code == HTTPStatus.OK
    assert client.get(RIDING).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "home"), [("en", 'href="/"'), ("fr", 'href="/fr/"')])
def test_the_failure_page_asks_for_nothing(
    django_assert_num_queries: DjangoAssertNumQueries, language: str, home: str
) -> None:
    with django_assert_num_queries(0), translation.override(language):
        html = render_to_string("500.html")

    assert home in html
    assert INLINE.findall(html) == []
