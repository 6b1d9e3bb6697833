"""Organizers' Markdown as HTML that may stand in a page of ours. Pure.

CommonMark with tables; raw HTML is shown as text, a picture becomes a link. What comes out is sanitised all the same: see
docs/adr/0020.
"""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *(
        "h2",
        "h3",
        "h4",
        "p",
        "br",
        "hr",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "s",
        "code",
        "pre",
        "blockquote",
        "a",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"https", "mailto"}
HIGHEST, LOWEST = 2, 4

_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


@lru_cache(maxsize=64)
def as_html(text: str) -> str:
    """Return the text as HTML; its highest headings are of the second level, and none skips a level."""
    tokens = _parser.parse(text)
    _rank_headings(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )


def _rank_headings(tokens: list[Token]) -> None:
    """Let headings begin at the second level, the page's title being the first, and go down one by one."""
    highest = min((_level(token) for token in tokens if token.type == "heading_open"), default=1)
    above = HIGHEST - 1
    for token in tokens:
        if token.type == "heading_open":
            above = min(_level(token) - highest + HIGHEST, above + 1, LOWEST)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{above}"


def _level(token: Token) -> int:
    return int(token.tag[1:])
