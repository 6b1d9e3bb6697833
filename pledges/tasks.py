"""Background jobs of joining a party."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from pledges import services


@shared_task(name="pledges.tasks.queue_reminders")
def queue_reminders(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the reminders that are due."""
    services.queue_reminders(now=now())


@shared_task(name="pledges.tasks.queue_vote_reminders")
def queue_vote_reminders(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the reminders to vote that are due."""
    services.queue_vote_reminders(now=now())


@shared_task(name="pledges.tasks.purge_paper")
def purge_paper(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Empty what was keyed in from paper and is decided."""
    services.purge_paper(now=now())


@shared_task(name="pledges.tasks.count_reports")
def count_reports(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Count who joined."""
    services.count_reports(now=now())
