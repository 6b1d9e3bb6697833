"""Organizers' pages for petitions and signatures."""

from petitions.admin import decisions, petitions, reminders, signatures, thresholds

__all__ = ["decisions", "petitions", "reminders", "signatures", "thresholds"]
