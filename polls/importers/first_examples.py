"""Demonstration projects: what a newcomer can give to with a trial card."""

import json

from django.conf import settings

from coop4canada.kit.clock import now
from polls.enums import Provider
from polls.services.first_projects import install_projects


def install_demonstration_projects() -> str:
    """Set up the demonstration projects that are missing; none where cards are real or not taken."""
    if settings.PAYMENT_PROVIDER != Provider.LOCAL:
        return "No demonstration poll projects: cards are not on trial here."
    rows = json.loads((settings.FIXTURES_DIR / "poll_projects.json").read_text(encoding="utf-8"))["projects"]
    return f"{install_projects(rows=rows, now=now())} demonstration poll projects added."
