"""Organizers' pages for the campaign, the coalition, the contact form, share texts and alerts."""

from campaign.admin import coalition, contact
from campaign.admin.campaign import CampaignAdmin, PartyAdmin

__all__ = ["CampaignAdmin", "PartyAdmin", "coalition", "contact"]
