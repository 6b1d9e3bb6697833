"""Organizers' pages for polls and the money that pays for them."""

from polls.admin import contributions, projects

__all__ = ["contributions", "projects"]
