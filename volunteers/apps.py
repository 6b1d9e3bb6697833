"""Volunteers: local chapters and their unity candidates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteersConfig(AppConfig):
    """Configuration of the volunteers app, and what it offers to the rest of the site."""

    name = "volunteers"
    verbose_name = _("Chapters")

    first_words = [
        "volunteers.importers.first_words.install_question_set",
        "volunteers.importers.first_scripts.install_scripts",
    ]
    riding_panels = ["volunteers.panels.chapter_of_riding", "volunteers.panels.team_of_riding"]
    home_panels = ["volunteers.panels.volunteers_totals"]
    ballot_evidence = ["volunteers.panels.chapter_evidence"]
    account_panels = ["volunteers.panels.workspaces"]
    role_listeners = ["volunteers.services.chapters.begin_with_first_lead"]
