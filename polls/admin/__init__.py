"""Organizers' pages for polls and the money that pays for them."""

from polls.admin import contributions, projects, results

__all__ = ["contributions", "projects", "results"]
