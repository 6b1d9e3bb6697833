"""The petition among the fixtures: what a new site shows until organizers write their own."""

import json

from django.conf import settings

from campaign.enums import ShareTopic
from campaign.services import install_share_texts
from coop4canada.kit.clock import now
from petitions.services.first_words import install_petition


def install_first_petition() -> str:
    """Set up the first petition and the words to pass it on, unless they are there."""
    words = json.loads((settings.FIXTURES_DIR / "petition.json").read_text(encoding="utf-8"))
    is_new = install_petition(words=words["petition"], addressees=words["addressees"], now=now())
    texts = [
        {**row, "topic": ShareTopic.PETITION.value, "display_order": order}
        for order, row in enumerate(words["share_texts"])
    ]
    added = install_share_texts(rows=texts)
    return f"{'The' if is_new else 'No'} first petition added, {added} share texts added."
