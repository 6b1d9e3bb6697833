"""Organizers' pages for the campaign, the coalition, the contact form, letters, pages, share texts and alerts."""

from campaign.admin import coalition, contact, letters, pages
from campaign.admin.campaign import CampaignAdmin, PartyAdmin

__all__ = ["CampaignAdmin", "PartyAdmin", "coalition", "contact", "letters", "pages"]
