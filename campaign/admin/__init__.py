"""Organizers' pages for the campaign, the coalition, share texts and alerts."""

from campaign.admin import coalition
from campaign.admin.campaign import CampaignAdmin, PartyAdmin

__all__ = ["CampaignAdmin", "PartyAdmin", "coalition"]
