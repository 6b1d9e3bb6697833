"""Reads about people."""

from supporters.queries.my_data import (
    PersonalPage,
    Records,
    StandingConsent,
    people_at,
    people_of,
    personal_export,
    personal_page,
    standing_consents,
)
from supporters.queries.wordings import current_wordings

__all__ = [
    "PersonalPage",
    "Records",
    "StandingConsent",
    "current_wordings",
    "people_at",
    "people_of",
    "personal_export",
    "personal_page",
    "standing_consents",
]
