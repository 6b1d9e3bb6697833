"""Organizers' pages for drives, pledges, paper, recommendation rounds and the election."""

from pledges.admin import drives, paper, pledges, recommendations, voting

__all__ = ["drives", "paper", "pledges", "recommendations", "voting"]
