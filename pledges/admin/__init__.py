"""Organizers' pages for joining a party and for the election."""

from pledges.admin import drives, paper, voting

__all__ = ["drives", "paper", "voting"]
