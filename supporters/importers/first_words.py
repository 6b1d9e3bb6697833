"""The words and limits that come with the program: fixtures/mail.json."""

import json
from typing import Any

from django.conf import settings

from campaign.queries import active_campaign
from coop4canada.kit.clock import now
from supporters.services.wordings import install_limits, install_wordings


def install_mail_words() -> str:
    """Set up limits, large mail domains and the words of consent where there are none."""
    words: dict[str, Any] = json.loads((settings.FIXTURES_DIR / "mail.json").read_text(encoding="utf-8"))
    install_limits(limits=words["limits"], free_domains=words["large_domains"], note=words["note"])
    campaign = active_campaign()
    if campaign is not None:
        install_wordings(rows=words["consents"], campaign=campaign, now=now())
    return "Mail set up: limits, large mail domains, words of consent."
