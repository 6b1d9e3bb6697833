"""Background jobs of the map."""

from typing import Any

from celery import shared_task

from coop4canada.kit.clock import now
from ridings import services


@shared_task(name="ridings.tasks.recompute_map")
def recompute_map(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Compute the map if anyone asked."""
    services.recompute_map(at=now())


@shared_task(name="ridings.tasks.sweep_recompute_requests")
def sweep_recompute_requests(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Pick up requests whose wake-up was lost and overrides that expired."""
    services.sweep_recompute_requests(at=now())
