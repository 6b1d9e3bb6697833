"""Background jobs of petitions."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from petitions import services


@shared_task(name="petitions.tasks.count_signatures")
def count_signatures(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Take what changed into tallies and counts."""
    services.count_signatures(now=now())


@shared_task(name="petitions.tasks.recount_signatures")
def recount_signatures(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Count every row; mend and report counts that are wrong."""
    services.check_counts(now=now())
