"""The scripts among the fixtures: a first one for calls and one for doors."""

import json

from django.conf import settings

from coop4canada.kit.clock import now
from volunteers.services.scripts import install_script


def install_scripts() -> str:
    """Set up the scripts where there is none for calls, or none for doors."""
    rows = json.loads((settings.FIXTURES_DIR / "scripts.json").read_text(encoding="utf-8"))["scripts"]
    count = sum(install_script(row=row, now=now()) for row in rows)
    return f"Scripts set up: {count}." if count else "Scripts were there."
