"""Background jobs of petitions."""

from datetime import timedelta
from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from petitions import services

# What is not done within this time goes on with the next wake-up, well before a worker's time limit.
LONGEST_RUN = timedelta(minutes=5)


@shared_task(name="petitions.tasks.count_signatures")
def count_signatures(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Take what changed into tallies and counts."""
    services.count_signatures(now=now())


@shared_task(name="petitions.tasks.recount_signatures")
def recount_signatures(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Count every row; mend and report counts that are wrong."""
    services.check_counts(now=now())


@shared_task(name="petitions.tasks.work_through_bulk")
def work_through_bulk(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Carry out decisions and reminders over many signatures."""
    until = now() + LONGEST_RUN
    while now() < until and (services.carry_on_decision(now=now()) or services.carry_on_resend(now=now())):
        pass


@shared_task(name="petitions.tasks.watch_trends")
def watch_trends(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Tell organizers who signs too often."""
    services.watch_trends(now=now())


@shared_task(name="petitions.tasks.forget_what_is_old")
def forget_what_is_old(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Forget what is no longer needed."""
    services.forget_what_is_old(clock=now, until=now() + LONGEST_RUN)
