"""Organizers' pages for chapters and teams."""

from volunteers.admin import candidates, chapters, events, interviews, phone, teams, training

__all__ = ["candidates", "chapters", "events", "interviews", "phone", "teams", "training"]
