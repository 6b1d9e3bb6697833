"""Background jobs of people and mail."""

from typing import Any

from celery import shared_task
from django.db import OperationalError

from coop4canada.kit.clock import now
from coop4canada.kit.db import forget_connections
from supporters import services


# Acknowledged at once: the beat asks again anyway, and a run is not cut short when Redis vanishes.
@shared_task(name="supporters.tasks.deliver_due_messages", acks_late=False)
def deliver_due_messages(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Send the mails that are due."""
    try:
        services.deliver_due_messages(clock=now)
    except OperationalError:
        # The next run shall find the database as soon as it is back.
        forget_connections()
        raise


@shared_task(name="supporters.tasks.purge_used_proofs")
def purge_used_proofs(**_kwargs: Any) -> None:  # noqa: ANN401
    """Delete proofs of work that expired."""
    services.purge_used_proofs(now=now())


@shared_task(name="supporters.tasks.forget_sessions")
def forget_sessions(**_kwargs: Any) -> None:  # noqa: ANN401
    """Delete sessions that ran out."""
    services.forget_sessions(now=now())


@shared_task(name="supporters.tasks.purge_old_mails")
def purge_old_mails(**_kwargs: Any) -> None:  # noqa: ANN401
    """Delete mails and reports two months old."""
    services.purge_old_mails(now=now())


@shared_task(name="supporters.tasks.empty_old_circumstances")
def empty_old_circumstances(**_kwargs: Any) -> None:  # noqa: ANN401
    """Empty internet addresses and browsers of consents a month old."""
    services.empty_old_circumstances(now=now())


@shared_task(name="supporters.tasks.forget_unconfirmed")
def forget_unconfirmed(**_kwargs: Any) -> None:  # noqa: ANN401
    """Forget people who never confirmed their address."""
    services.forget_unconfirmed(now=now())
