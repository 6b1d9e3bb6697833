"""Asking for a new map, and computing it: many askings, one run."""

from coop4canada.kit.jobs import enqueue
from ridings.models import RecomputeRequest

# Askings within this time of each other share one run.
DEBOUNCE_SECONDS = 2


def request_recompute(*, cause: str) -> None:
    """Ask for the map to be computed anew; joins the caller's transaction.

    The row is the request; the job is only its wake-up, so a lost job is found by the sweep.
    Args:
        cause: what changed, in a few words, kept with the run.
    """
    RecomputeRequest.objects.create(cause=cause)
    enqueue("ridings.tasks.recompute_map", delay_seconds=DEBOUNCE_SECONDS)


def recompute_map() -> None: ...


def sweep_recompute_requests() -> None: ...
