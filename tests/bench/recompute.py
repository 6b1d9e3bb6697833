"""Computing the map: all ridings projected, classified, recorded and published."""

import statistics
import time
from collections.abc import Iterator

from coop4canada.kit.clock import now
from ridings.models import Riding
from ridings.services import recompute_map, request_recompute

RUNS = 7


def measure() -> Iterator[tuple[str, float, str]]:
    """Change an input, then compute; the median of several runs."""
    riding = Riding.objects.filter(boundary_set__status="live").order_by("number").first()
    assert riding is not None
    times = []
    for _run in range(RUNS):
        Riding.objects.filter(pk=riding.pk).update(
            is_open_seat=not Riding.objects.get(pk=riding.pk).is_open_seat
        )
        request_recompute(cause="bench")
        begun = time.perf_counter()
        run = recompute_map(at=now(), at_once=True)
        times.append(time.perf_counter() - begun)
        assert run is not None
    yield "all_ridings_median", statistics.median(times), "s"
    yield "all_ridings_slowest", max(times), "s"
