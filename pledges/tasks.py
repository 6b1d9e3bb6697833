"""Background jobs of joining a party."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from pledges import services


@shared_task(name="pledges.tasks.queue_reminders")
def queue_reminders(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the reminders that are due."""
    services.queue_reminders(now=now())


@shared_task(name="pledges.tasks.run_rounds")
def run_rounds(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Open, close, count and publish recommendation rounds at their times, and queue the mails about them."""
    services.open_due_rounds(now=now())
    services.close_due_rounds()
    services.publish_due_rounds(now=now())
    services.plan_reminders(now=now())
    services.queue_round_mails(now=now())


@shared_task(name="pledges.tasks.count_reports")
def count_reports(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Count who joined."""
    services.count_reports(now=now())
