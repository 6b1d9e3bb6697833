"""Markdown becomes HTML that may stand in a page of ours, whatever was written."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.rules.markdown import ATTRIBUTES, TAGS, as_html


class Seen(HTMLParser):
    """Collects tags, attributes and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {(tag, name) for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def test_what_organizers_use_is_made() -> None:
    html = as_html(
        "## Why\n\nText **bold** [map](/ridings/) [site](https://example.org)\n\n- one\n- two\n\n> said"
    )

    assert html == (
        '<h2>Why</h2>\n<p>Text <strong>bold</strong> <a href="/ridings/" rel="noopener">map</a> '
        '<a href="https://example.org" rel="noopener">site</a></p>\n'
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<blockquote>\n<p>said</p>\n</blockquote>\n"
    )


def test_a_table_is_made() -> None:
    html = as_html("| a | b |\n| --- | --- |\n| 1 | 2 |")

    assert Seen(html).tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n# C", [2, 3, 2]),
        ("### A\n\n### B", [2, 2]),
        ("## A\n\n##### B", [2, 3]),
        ("# A\n## B\n### C\n#### D", [2, 3, 4, 4]),
        ("#### B\n\n## A", [2, 2]),
        ("plain", []),
    ],
)
def test_headings_begin_below_the_title_and_skip_none(text: str, levels: list[int]) -> None:
    found = [int(level) for level in re.findall(r"<h(\d)>", as_html(text))]

    assert found == levels


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://x.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,hello)",
        "[x](http://plain.example)",
        "<a href='https://x' onclick='x'>x</a>",
        '[x](https://x.example "t\\" onclick=\\"x")',
        "<style>*{}</style>",
        "<iframe src=https://x>",
    ],
)
def test_what_could_harm_is_shown_as_text_or_left_out(text: str) -> None:
    seen = Seen(as_html(text))

    assert set(seen.tags) <= {"p", "a"}
    assert not [name for _tag, name in seen.attributes if name.startswith("on")]
    assert [address for address in seen.addresses if not address.startswith("https://x")] == []


@given(st.text(max_size=300) | st.text(alphabet="<>[]()#*-`|!\"'ahref=jscript:/ \n", max_size=120))
def test_whatever_is_written_holds_known_tags_alone(text: str) -> None:
    seen = Seen(as_html(text))

    allowed = {(tag, name) for tag, names in ATTRIBUTES.items() for name in names} | {("a", "rel")}
    assert set(seen.tags) <= TAGS
    assert seen.attributes <= allowed
    assert not [
        address for address in seen.addresses if re.match(r"\s*(javascript|data|vbscript|http):", address)
    ]
