"""What this campaign is: its name, its parties, its words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    """Configuration of the campaign app."""

    name = "campaign"
    verbose_name = _("Campaign")
    home_panels = ["campaign.panels.coalition"]
    personal_records = ["campaign.queries.records.contact_records"]
    erasures = ["campaign.services.forgetting.forget_person"]
