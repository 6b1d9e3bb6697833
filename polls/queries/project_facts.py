"""Poll projects as the public API shows them."""

from typing import Any

from polls.queries.projects import ProjectCard, projects_page


def project_list() -> list[dict[str, Any]]:
    """Return every public project, the newest first; half a minute old at most."""
    page = projects_page()
    cards = sorted((*page.open, *page.bought, *page.past), key=lambda card: -card.project.pk)
    return [_facts(card) for card in cards]


def _facts(card: ProjectCard) -> dict[str, Any]:
    project = card.project
    return {
        "id": project.pk,
        "riding": project.riding.number,
        "riding_en": project.riding.name_en,
        "riding_fr": project.riding.name_fr,
        "state": project.state,
        "funding": project.funding_model,
        "pollster": project.pollster,
        "cost_cents": project.cost_cents,
        "goal_cents": project.goal_cents,
        "minimum_cents": project.minimum_cents,
        "received_cents": card.bar.received_cents,
        "promised_cents": card.bar.promised_cents,
        "givers": card.giver_count,
        "deadline_at": project.deadline_at,
        "takes_gifts": card.is_open,
        "poll": card.poll.pk if card.poll else None,
        "path": project.get_absolute_url(),
        "is_demonstration": project.is_demonstration,
    }
