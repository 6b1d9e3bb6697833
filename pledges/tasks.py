"""Background jobs of joining a party and of voting together."""

from datetime import timedelta
from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from pledges import services

# What is not done within this time goes on with the next wake-up, well before a worker's time limit.
LONGEST_RUN = timedelta(minutes=5)


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


@shared_task(name="pledges.tasks.count_pledges")
def count_pledges(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Take what changed into the tallies."""
    services.count_pledges(now=now())


@shared_task(name="pledges.tasks.recount_pledges")
def recount_pledges(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Count every row; mend and report counts that are wrong."""
    services.recount_pledges(now=now())


@shared_task(name="pledges.tasks.forget_old_pledges")
def forget_old_pledges(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Forget what is no longer needed."""
    services.forget_old_pledges(clock=now, until=now() + LONGEST_RUN)
