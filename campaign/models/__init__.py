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

__all__ = [
    "Campaign",
    "ContactMessage",
    "ContactTopic",
    "Organization",
    "OrganizationLogo",
    "OrganizationReview",
    "OrganizerAlert",
    "Party",
    "ShareText",
    "active_language",
    "in_language",
]
