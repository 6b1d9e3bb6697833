"""Joining a party: deadlines, steps, reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    """Configuration of the pledges app, and what it offers to the rest of the site."""

    name = "pledges"
    verbose_name = _("Joining a party")

    first_words = ["pledges.importers.first_words.install_demonstration_drives"]
    home_panels = ["pledges.panels.join_a_party", "pledges.panels.voted"]
    riding_panels = ["pledges.panels.voted_in_riding"]
    next_steps = ["pledges.panels.next_step"]
    personal_records = [
        "pledges.queries.people.records_of",
        "pledges.queries.voting.records_of",
        "pledges.queries.paper.records_of",
    ]
    supporter_links = ["pledges.panels.reports_link", "pledges.panels.reminders_link"]
    erasures = ["pledges.services.paper.forget_on_paper", "pledges.services.forgetting.forget_person"]
    account_panels = ["pledges.panels.paper"]
    mail_vetoes = ["pledges.services.voting_mails.veto"]
    refusal_listeners = [
        "pledges.services.forgetting.stop_reminders_to",
        "pledges.services.paper_review.refuse_paper_pledges",
    ]
