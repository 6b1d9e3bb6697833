"""Organizers' pages for people, consents and mail."""

from supporters.admin import accounts, consent, exports, mail, people

__all__ = ["accounts", "consent", "exports", "mail", "people"]
