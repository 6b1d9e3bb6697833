"""The first courses among the fixtures: what is learned before the first door and the first call."""

import json

from django.conf import settings

from coop4canada.kit.clock import now
from volunteers.enums import Channel
from volunteers.services.training import install_course


def install_courses() -> str:
    """Set up the courses where there are none."""
    words = json.loads((settings.FIXTURES_DIR / "courses.json").read_text(encoding="utf-8"))
    made = [install_course(channel=Channel(name), words=course, now=now()) for name, course in words.items()]
    return "Courses set up." if any(made) else "Courses were there."
