"""Sums of a project by which it is decided: never remembered, always counted anew."""

from django.db.models import Sum

from polls.enums import Account, ContributionState, ProjectState
from polls.models import Contribution, LedgerLine, PollProject
from polls.queries.ledger import received_cents
from polls.rules.funding import Standing
from polls.rules.need import Candidate
from ridings.queries.margins import projected_leads


def standing_of(project: PollProject) -> Standing:
    """Return the numbers of a project now."""
    promised = promised_cents([project.pk])
    failing = _sums([project.pk], [ContributionState.FAILING])
    return Standing(
        state=project.state,
        goal_cents=project.goal_cents,
        minimum_cents=project.minimum_cents,
        deadline_at=project.deadline_at,
        charging_ends_at=project.charging_ends_at,
        settled_cents=received_cents(project.pk),
        promised_cents=promised.get(project.pk, 0),
        failing_cents=failing.get(project.pk, 0),
    )


def promised_cents(projects: list[int]) -> dict[int, int]:
    """Return {project: cents} of saved cards that may be charged; one that is declined or held promises nothing."""
    return _sums(projects, [ContributionState.SAVED, ContributionState.CHARGING])


def open_candidates(*, beside: int | None = None) -> list[Candidate]:
    """Return the projects that take gifts, with what is in sight for each and how close its race is.

    Args:
        beside: id of a project to leave out.
    """
    funding = PollProject.objects.filter(state=ProjectState.FUNDING)
    if beside is not None:
        funding = funding.exclude(pk=beside)
    rows = list(funding.select_related("riding").order_by("pk"))
    ids = [row.pk for row in rows]
    promised, received = promised_cents(ids), _received(ids)
    leads = projected_leads([row.riding.number for row in rows])
    return [
        Candidate(
            project=row.pk,
            riding_number=row.riding.number,
            goal_cents=row.goal_cents,
            in_sight_cents=received.get(row.pk, 0) + promised.get(row.pk, 0),
            deadline_at=row.deadline_at,
            lead=leads.get(row.riding.number),
        )
        for row in rows
    ]


def _received(projects: list[int]) -> dict[int, int]:
    lines = LedgerLine.objects.filter(account=Account.PROJECT, project__in=projects)
    rows = lines.values_list("project").annotate(total=Sum("amount_cents")).order_by("project")
    return {project: -total for project, total in rows if project is not None}


def _sums(projects: list[int], states: list[ContributionState]) -> dict[int, int]:
    gifts = Contribution.objects.filter(project__in=projects, state__in=states, held_reason="")
    rows = gifts.values_list("project").annotate(total=Sum("amount_cents")).order_by("project")
    return {project: total for project, total in rows if project is not None}
