"""Content in two languages: columns whose names end in `_en` and `_fr`."""

from django.db import models
from django.utils.translation import get_language


def active_language() -> str:
    """Return the language now active: `en` or `fr`."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def in_language(row: models.Model, field: str) -> str:
    """Return the column of a bilingual field for the language now active."""
    return str(getattr(row, f"{field}_{active_language()}"))


def in_either_language(row: models.Model, field: str) -> tuple[str, str]:
    """Return the column for the language now active, or the other one where it is empty, and its language."""
    active = active_language()
    other = "en" if active == "fr" else "fr"
    found = str(getattr(row, f"{field}_{active}"))
    return (found, active) if found else (str(getattr(row, f"{field}_{other}")), other)
