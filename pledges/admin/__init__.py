"""Organizers' pages of this app."""

from pledges.admin import drives, recommendations

__all__ = ["drives", "recommendations"]
