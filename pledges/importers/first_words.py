"""Drives and words among the fixtures: what a new site shows until organizers write their own."""

import json
from typing import Any

from django.conf import settings

from campaign.enums import ShareTopic
from campaign.services import install_share_texts
from coop4canada.kit.clock import now
from pledges.services import install_drives


def install_demonstration_drives() -> str:
    """Set up the demonstration drives and the words to pass them on that are missing; dates count from today."""
    words = json.loads((settings.FIXTURES_DIR / "drives.json").read_text(encoding="utf-8"))
    drives = install_drives(rows=words["drives"], today=now().date())
    return f"{drives} demonstration drives added, {_share_texts(words, ShareTopic.DRIVE)} share texts added."


def install_pledge_words() -> str:
    """Set up the words to pass the pledge on that are missing."""
    words = json.loads((settings.FIXTURES_DIR / "pledge.json").read_text(encoding="utf-8"))
    return f"{_share_texts(words, ShareTopic.PLEDGE)} share texts of the pledge added."


def _share_texts(words: dict[str, Any], topic: ShareTopic) -> int:
    rows = words["share_texts"]
    texts = [{**row, "topic": topic.value, "display_order": order} for order, row in enumerate(rows)]
    return install_share_texts(rows=texts)
