"""Background jobs of polls and of the money that pays for them."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from polls.services.projects import look_after_projects as _look_after_projects


@shared_task(name="polls.tasks.look_after_projects")
def look_after_projects(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Move every poll project that is due, charge saved cards, give back what is not needed."""
    _look_after_projects(now=now())
