"""Volunteers: local chapters and their unity candidates, teams and what they do."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    """Configuration of the volunteers app, and what it offers to the rest of the site."""

    name = "volunteers"
    verbose_name = _("Chapters and teams")

    first_words = [
        "volunteers.importers.first_words.install_question_set",
        "volunteers.importers.first_courses.install_courses",
        "volunteers.importers.first_scripts.install_scripts",
    ]
    riding_panels = ["volunteers.panels.at_work_in_riding"]
    team_readers = ["volunteers.queries.local.public_teams"]
    home_panels = ["volunteers.team_panels.volunteer_home", "volunteers.panels.volunteers_totals"]
    next_steps = ["volunteers.team_panels.volunteer_step"]
    ballot_evidence = ["volunteers.panels.chapter_evidence"]
    account_panels = [
        "volunteers.panels.workspaces",
        "volunteers.team_panels.my_teams",
        "volunteers.list_panels.my_lists",
    ]
    # Each takes `team`: what a member can do in it, shown on the team's own page.
    member_panels = ["volunteers.team_panels.calling", "volunteers.team_panels.results"]
    role_listeners = [
        "volunteers.services.chapters.begin_with_first_lead",
        "volunteers.services.captains.begin_with_captain",
    ]
    mail_vetoes = ["volunteers.services.shift_mails.veto"]
    # Each takes `user`, `team` and `now`: what a member holds ends with the membership.
    member_end_listeners: ClassVar[list[str]] = ["volunteers.services.holdings.end_with_membership"]
    # Each takes `user`, `channel` and `now`: what somebody has out ends with the certificate.
    certificate_end_listeners: ClassVar[list[str]] = ["volunteers.services.holdings.end_with_certificate"]
    personal_records = address_records = [
        "volunteers.queries.people.membership_records",
        "volunteers.queries.people.shift_records",
        "volunteers.queries.people.certificate_records",
    ]
    address_erasures = ["volunteers.services.forgetting.forget_volunteer"]
