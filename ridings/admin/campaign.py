"""The campaign's own pages, which recolour the map when its parties or legend change."""

from django.contrib import admin

from campaign.admin import CampaignAdmin, PartyAdmin
from campaign.models import Campaign, Party
from ridings.admin.recomputes import RecomputesMap


@admin.register(Campaign)
class MapCampaignAdmin(RecomputesMap, CampaignAdmin):
    """The campaign; its legend texts stand in the colour document."""


@admin.register(Party)
class MapPartyAdmin(RecomputesMap, PartyAdmin):
    """Parties; their roles decide who cooperates against whom."""
