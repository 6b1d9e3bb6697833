"""Background jobs of contact lists."""

from datetime import timedelta
from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from volunteers.services.importing import forget_uploads as forget_old_uploads
from volunteers.services.importing import run_next_import
from volunteers.services.purging import purge_due_lists

# What is not done within this time goes on with the next wake-up, well before a worker's time limit.
LONGEST_RUN = timedelta(minutes=4)


@shared_task(name="volunteers.tasks.run_imports")
def run_imports(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Check and import files that wait."""
    until = now() + LONGEST_RUN
    while now() < until and run_next_import(clock=now):
        pass


@shared_task(name="volunteers.tasks.forget_uploads")
def forget_uploads(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Delete files that are a day old."""
    forget_old_uploads(now=now())


@shared_task(name="volunteers.tasks.purge_lists")
def purge_lists(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Delete what lists hold whose day has come."""
    purge_due_lists(clock=now)
