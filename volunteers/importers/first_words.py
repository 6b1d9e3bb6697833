"""The questions among the fixtures, for every chapter to choose."""

import json

from django.conf import settings

from coop4canada.kit.clock import now
from volunteers.services import install_questions


def install_question_set() -> str:
    """Set up the questions to candidates where there are none for all chapters."""
    words = json.loads((settings.FIXTURES_DIR / "chapters.json").read_text(encoding="utf-8"))
    is_new = install_questions(row=words["question_set"], now=now())
    return "Questions to candidates set up." if is_new else "Questions to candidates were there."
