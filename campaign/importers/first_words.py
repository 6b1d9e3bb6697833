"""The words among the fixtures that a new site shows until organizers write their own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from campaign.enums import ShareTopic
from campaign.services import install_letters, install_pages, install_share_texts, install_topics


def install_first_words() -> str:
    """Set up contact topics, the plan, toolkits, the words to pass them on, and letters to leaders, where they are missing."""
    topics = install_topics(rows=_words("contact.json")["topics"])
    words = _words("pages.json")
    pages = install_pages(rows=_pages(words["pages"]))
    texts = [
        {**row, "topic": ShareTopic.PAGE.value, "display_order": order}
        for order, row in enumerate(words["share_texts"])
    ]
    install_share_texts(rows=texts)
    letters = _words("letters.json")
    leaders = install_letters(leaders=letters["leaders"], template=letters["template"])
    return f"{topics} contact topics, {pages} pages, {leaders} leaders added."


def _words(name: str) -> Any:  # noqa: ANN401 — JSON
    return json.loads((settings.FIXTURES_DIR / name).read_text(encoding="utf-8"))


def _pages(rows: list[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Add to each page its two texts: fixtures/pages/<English address>.<language>.md."""
    for row in rows:
        bodies = {
            f"body_{language}": (
                settings.FIXTURES_DIR / "pages" / f"{row['slug_en']}.{language}.md"
            ).read_text(encoding="utf-8")
            for language in ("en", "fr")
        }
        yield {**row, **bodies}
