"""Organizers' pages for drives and for pledges."""

from pledges.admin import drives, pledges

__all__ = ["drives", "pledges"]
