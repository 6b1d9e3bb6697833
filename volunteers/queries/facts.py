"""A chapter as the public API tells of it."""

from dataclasses import asdict
from typing import Any

from volunteers.models import CandidacyMove
from volunteers.queries.candidates import CandidateView
from volunteers.queries.chapters import chapter_page


def chapter_facts(riding_number: int) -> dict[str, Any] | None:
    """Return a chapter's public facts, both languages side by side; None where there is none."""
    page = chapter_page(riding_number)
    if page is None:
        return None
    moves = CandidacyMove.objects.filter(candidacy__in=[one.pk for one in page.candidates]).order_by("pk")
    history: dict[int, list[dict[str, Any]]] = {one.pk: [] for one in page.candidates}
    for move in moves:
        columns = ("from_state", "to_state", "reason_en", "reason_fr", "interest", "at")
        history[move.candidacy_id].append({column: getattr(move, column) for column in columns})
    return {
        "riding": riding_number,
        "name": page.name,
        "state": page.state,
        "founded_on": page.founded_on,
        "tasks_done": [task.task for task in page.tasks if task.is_done],
        "candidates": [_candidate(one, history[one.pk]) for one in page.candidates],
    }


def _candidate(one: CandidateView, history: list[dict[str, Any]]) -> dict[str, Any]:
    hidden = {"question", "value_label"}
    return {
        "name": one.name,
        "party": one.party_code,
        "election_year": one.year,
        "state": one.state,
        "published_interviews": one.published_count,
        "stances": [
            {key: value for key, value in asdict(stance).items() if key not in hidden}
            for stance in one.stances
        ],
        "decisions": history,
    }
