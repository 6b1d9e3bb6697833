"""Loading: the whole country on a first start, and the largest boundary file on its own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).parents[2]
BOUNDARIES = Path(settings.DATA_DIR) / "boundaries" / "boundaries_2023.geojson.gz"

# A child reports its own peak, so that this process's memory does not count.
WITH_PEAK = """
import resource, runpy, sys
sys.argv = ["manage.py", *sys.argv[1:]]
try:
    runpy.run_path("manage.py", run_name="__main__")
finally:
    print("peak_kib", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def manage(*arguments: str) -> tuple[float, float]:
    """Run a management command; returns its seconds and its peak memory in MiB."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", WITH_PEAK, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    return seconds, int(done.stdout.rsplit("peak_kib", 1)[1]) / 1024


def measure() -> Iterator[tuple[str, float, str]]:
    """Import the 343 ridings at full resolution into an empty database, then everything else."""
    manage("migrate")
    seconds, peak = manage("import_boundaries", str(BOUNDARIES), "--boundary-set", "2023")
    yield "import_343_boundaries", seconds, "s"
    yield "import_343_boundaries_peak_memory", peak, "MiB"
    seconds, peak = manage("load_demo")
    yield "load_the_rest_of_the_country", seconds, "s"
    yield "load_the_rest_of_the_country_peak_memory", peak, "MiB"
