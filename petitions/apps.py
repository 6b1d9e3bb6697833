"""Petitions, and what they offer to the rest of the site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    """Configuration of the petitions app."""

    name = "petitions"
    verbose_name = _("Petitions")
    first_words = ["petitions.importers.first_words.install_first_petition"]
    home_panels = ["petitions.panels.featured_petition"]
    next_steps = ["petitions.panels.your_riding"]
    personal_records = ["petitions.queries.records.signature_records"]
    supporter_links = ["petitions.admin.links.signatures_link"]
    erasures = ["petitions.services.owners.forget_person"]
    bounce_listeners = ["petitions.services.owners.hold_bounced"]
    refusal_listeners = ["petitions.services.owners.withdraw_refused"]
