"""Reads about people."""

from coop4canada.kit.panels import Records
from supporters.queries import accounts, roles, second_factors
from supporters.queries.my_data import (
    PersonalPage,
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
    "accounts",
    "current_wordings",
    "people_at",
    "people_of",
    "personal_export",
    "personal_page",
    "roles",
    "second_factors",
    "standing_consents",
]
