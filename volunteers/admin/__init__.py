"""Organizers' pages for chapters, teams and what they work with."""

from volunteers.admin import candidates, chapters, desk, interviews, scripts

__all__ = ["candidates", "chapters", "desk", "interviews", "scripts"]
