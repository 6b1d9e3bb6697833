"""The campaign, its parties, those who stand with it and those who write to it."""

from campaign.models.campaign import (
    Campaign,
    OrganizerAlert,
    Party,
    ShareText,
)
from campaign.models.coalition import Organization, OrganizationLogo, OrganizationReview
from campaign.models.contact import ContactMessage, ContactTopic
from campaign.models.languages import active_language, in_language
from campaign.models.letters import Leader, LetterTemplate
from campaign.models.pages import Page

__all__ = [
    "Campaign",
    "ContactMessage",
    "ContactTopic",
    "Leader",
    "LetterTemplate",
    "Organization",
    "OrganizationLogo",
    "OrganizationReview",
    "OrganizerAlert",
    "Page",
    "Party",
    "ShareText",
    "active_language",
    "in_language",
]
