"""Organizers' pages for drives, pledges and recommendation rounds."""

from pledges.admin import drives, pledges, recommendations

__all__ = ["drives", "pledges", "recommendations"]
