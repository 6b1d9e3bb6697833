"""Organizers' pages for people, consents and mail."""

from supporters.admin import accounts, consent, exports, mail, people, roles

__all__ = ["accounts", "consent", "exports", "mail", "people", "roles"]
