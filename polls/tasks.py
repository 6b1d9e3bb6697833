"""Background jobs of polls and gifts. Each looks for rows that wait; a lost wake-up is made up for by the next run."""

import logging
from datetime import timedelta
from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from polls.gateways import GatewayDown
from polls.services import (
    charging,
    forgetting,
    projects,
    provider_events,
    publication_mails,
    reconciling,
    refunding,
    releasing,
)

logger = logging.getLogger(__name__)

# Providers repeat a notice for three days; who was away longer compares by command.
COMPARED = timedelta(days=3)


@shared_task(name="polls.tasks.follow_events")
def follow_events(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Follow the notices of providers."""
    provider_events.follow_events(now=now())


@shared_task(name="polls.tasks.send_charges")
def send_charges(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Charge saved cards: those asked for, and declined ones whose pause is over."""
    charging.retry_charges(now=now())
    charging.send_charges(now=now())


@shared_task(name="polls.tasks.send_refunds")
def send_refunds(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Have refunds sent."""
    refunding.send_refunds(now=now())


@shared_task(name="polls.tasks.forget_cards")
def forget_cards(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Have saved cards forgotten that are of no use any more."""
    releasing.forget_cards(now=now())


@shared_task(name="polls.tasks.reconcile_gifts")
def reconcile_gifts(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Compare the last days with the provider and mend what is missing."""
    try:
        reconciling.reconcile_gifts(since=now() - COMPARED, now=now())
    except GatewayDown:
        logger.warning("the provider did not answer; gifts are compared with the next run")


@shared_task(name="polls.tasks.forget_lapsed_gifts")
def forget_lapsed_gifts(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Forget who began a gift and never paid it."""
    forgetting.forget_lapsed_gifts(now=now())


@shared_task(name="polls.tasks.look_after_projects")
def look_after_projects(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Move every poll project that is due, charge saved cards, give back what is not needed."""
    projects.look_after_projects(now=now())


@shared_task(name="polls.tasks.queue_poll_mails")
def queue_poll_mails(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the mails about polls that were published or retracted."""
    publication_mails.queue_poll_mails(now=now())
