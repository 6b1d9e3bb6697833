"""A made-up poll project for the style guide."""

from datetime import UTC, datetime

from django import template

from polls.enums import ProjectState
from polls.models import PollProject
from polls.queries.projects import FundingBar, ProjectCard
from ridings.models import Riding

register = template.Library()


@register.simple_tag
def sample_project() -> ProjectCard:
    """Return a project that has received a part of its goal, and more by promises."""
    riding = Riding(number=35075, name_en="Ottawa Centre", name_fr="Ottawa-Centre", province="ON")
    project = PollProject(
        pk=1,
        riding=riding,
        state=ProjectState.FUNDING,
        pollster="Demonstration Research",
        deadline_at=datetime(2029, 10, 1, tzinfo=UTC),
    )
    bar = FundingBar(
        1, received_cents=125_000, promised_cents=90_050, goal_cents=400_000, minimum_cents=350_000
    )
    return ProjectCard(
        project=project, bar=bar, giver_count=57, days_left=12, is_open=True, saves_card_first=True, poll=None
    )
