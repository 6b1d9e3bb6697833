"""Background jobs of polls."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from polls.services import publication_mails


@shared_task(name="polls.tasks.queue_poll_mails")
def queue_poll_mails(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the mails about polls that were published or retracted."""
    publication_mails.queue_poll_mails(now=now())
