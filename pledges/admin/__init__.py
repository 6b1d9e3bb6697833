"""Organizers' pages for joining a party and for the election."""

from pledges.admin import drives, voting

__all__ = ["drives", "voting"]
