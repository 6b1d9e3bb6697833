"""Organizers' pages for chapters."""

from volunteers.admin import candidates, chapters, interviews

__all__ = ["candidates", "chapters", "interviews"]
