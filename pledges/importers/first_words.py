"""Drives among the fixtures: what a new site shows until organizers write their own."""

import json

from django.conf import settings

from coop4canada.kit.clock import now
from pledges.services import install_drives


def install_demonstration_drives() -> str:
    """Set up the demonstration drives that are missing, their dates counted from today."""
    rows = json.loads((settings.FIXTURES_DIR / "drives.json").read_text(encoding="utf-8"))
    return f"{install_drives(rows=rows, today=now().date())} demonstration drives added."
