"""Organizers' pages for chapters."""

from volunteers.admin import candidates, chapters, interviews, phone

__all__ = ["candidates", "chapters", "interviews", "phone"]
