"""Polls that people pay for together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    """Configuration of the polls app, and what it offers to the rest of the site."""

    name = "polls"
    verbose_name = _("Polls and gifts")

    personal_records = ["polls.queries.money.records_of"]
    keeps_supporters = ["polls.queries.money.keep_givers"]
    erasures = ["polls.services.forgetting.forget_giver"]
