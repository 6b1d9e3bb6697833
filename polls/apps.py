"""Polls that people pay for together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    """Configuration of the polls app, and what it offers to the rest of the site."""

    name = "polls"
    verbose_name = _("Polls and gifts")

    first_examples = ["polls.importers.first_examples.install_demonstration_projects"]
    riding_panels = ["polls.panels.published_polls", "polls.panels.funding_here"]
    home_panels = ["polls.panels.polls_together"]
    next_steps = ["polls.panels.give_step"]
    personal_records = ["polls.queries.money.records_of"]
    keeps_supporters = ["polls.queries.money.keep_givers"]
    erasures = ["polls.services.forgetting.forget_giver"]
    poll_readers = ["polls.queries.files.polls_of_riding"]
    mail_vetoes = ["polls.services.publication_mails.veto"]
