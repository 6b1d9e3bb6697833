"""Joining a party, and pledging to vote together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    """Configuration of the pledges app, and what it offers to the rest of the site."""

    name = "pledges"
    verbose_name = _("Pledges and party votes")

    first_words = [
        "pledges.importers.first_words.install_demonstration_drives",
        "pledges.importers.first_words.install_pledge_words",
    ]
    home_panels = ["pledges.panels.vote_together", "pledges.panels.join_a_party", "pledges.panels.voted"]
    riding_panels = [
        "pledges.panels.pledges_here",
        "pledges.panels.recommendation",
        "pledges.panels.voted_in_riding",
    ]
    recommendation_words = ["pledges.queries.recommendations.recommendation_words"]
    polling_day_readers = ["pledges.queries.voting.polling_day"]
    account_panels = ["pledges.panels.paper"]
    door_pledge_forms = ["pledges.panels.door_pledge"]
    door_pledge_takers = ["pledges.panels.take_door_pledge"]
    mail_vetoes = ["pledges.services.voting_mails.veto"]
    recommendation_readers = ["pledges.queries.recommendations.recommended"]
    next_steps = ["pledges.panels.pledge_step", "pledges.panels.next_step"]
    personal_records = [
        "pledges.queries.people.records_of",
        "pledges.queries.people.pledge_records_of",
        "pledges.queries.recommendations.roll_records",
        "pledges.queries.voting.records_of",
        "pledges.queries.paper.records_of",
    ]
    supporter_links = [
        "pledges.panels.reports_link",
        "pledges.panels.reminders_link",
        "pledges.panels.pledge_link",
    ]
    erasures = [
        "pledges.services.paper.forget_on_paper",
        "pledges.services.forgetting.forget_person",
        "pledges.services.pledge_owners.forget_pledger",
    ]
    bounce_listeners = ["pledges.services.pledge_owners.hold_bounced_pledges"]
    refusal_listeners = [
        "pledges.services.forgetting.stop_reminders_to",
        "pledges.services.pledge_owners.withdraw_refused_pledges",
        "pledges.services.paper_review.refuse_paper_pledges",
    ]
