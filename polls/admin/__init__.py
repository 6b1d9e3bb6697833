"""Organizers' pages for polls and the money that pays for them."""

from polls.admin import law, ledger, projects

__all__ = ["law", "ledger", "projects"]
