"""Polls that people pay for together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    """Configuration of the polls app, and what it offers to the rest of the site."""

    name = "polls"
    verbose_name = _("Polls and gifts")

    riding_panels = ["polls.panels.published_polls"]
    poll_readers = ["polls.queries.files.polls_of_riding"]
    mail_vetoes = ["polls.services.publication_mails.veto"]
