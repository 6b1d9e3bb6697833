"""Jobs of the timetable."""

from typing import Any

from celery import shared_task

from campaign import services
from coop4canada.kit.clock import now


@shared_task(name="campaign.tasks.forget_what_is_old")
def forget_what_is_old(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Let go by the clock what need not be kept."""
    services.forget_what_is_old(now=now())
