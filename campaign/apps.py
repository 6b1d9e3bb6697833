"""What this campaign is: its name, its parties, its words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    """Configuration of the campaign app."""

    name = "campaign"
    verbose_name = _("Campaign")
    home_panels = ["campaign.panels.coalition"]
    first_words = ["campaign.importers.first_words.install_first_words"]
    # Kept by address alone, of people who may be no supporters: shown to both, erased on the wish of the address' owner only.
    personal_records = address_records = [
        "campaign.queries.records.contact_records",
        "campaign.queries.records.message_records",
    ]
    address_erasures = ["campaign.services.forgetting.forget_person"]
