"""Decisions of chapters, in plain Python."""
