"""Background jobs of teams."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from volunteers.services import reminding


@shared_task(name="volunteers.tasks.queue_shift_reminders")
def queue_shift_reminders(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the reminders of shifts that are due."""
    reminding.queue_shift_reminders(now=now())
