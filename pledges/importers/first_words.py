"""Drives among the fixtures: what a new site shows until organizers write their own."""

import json

from django.conf import settings

from campaign.enums import ShareTopic
from campaign.services import install_share_texts
from coop4canada.kit.clock import now
from pledges.services import install_drives


def install_demonstration_drives() -> str:
    """Set up the demonstration drives and the words to pass them on that are missing; dates count from today."""
    words = json.loads((settings.FIXTURES_DIR / "drives.json").read_text(encoding="utf-8"))
    drives = install_drives(rows=words["drives"], today=now().date())
    texts = [
        {**row, "topic": ShareTopic.DRIVE.value, "display_order": order}
        for order, row in enumerate(words["share_texts"])
    ]
    return f"{drives} demonstration drives added, {install_share_texts(rows=texts)} share texts added."
