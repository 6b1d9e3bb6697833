"""Organizers' pages for chapters."""

from volunteers.admin import candidates, chapters, interviews, lists

__all__ = ["candidates", "chapters", "interviews", "lists"]
