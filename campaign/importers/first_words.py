"""The words among the fixtures that a new site shows until organizers write their own."""

import json
from typing import Any

from django.conf import settings

from campaign.services import install_topics


def install_first_words() -> str:
    """Set up the contact topics that are missing."""
    topics = install_topics(rows=_words("contact.json")["topics"])
    return f"{topics} contact topics added."


def _words(name: str) -> Any:  # noqa: ANN401 — JSON
    return json.loads((settings.FIXTURES_DIR / name).read_text(encoding="utf-8"))
