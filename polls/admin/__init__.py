"""Organizers' pages for polls and the money that pays for them."""

from polls.admin import contributions, law, ledger, projects, results

__all__ = ["contributions", "law", "ledger", "projects", "results"]
