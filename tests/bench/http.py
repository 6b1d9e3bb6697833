"""Requests a second against two web processes, with the client on the same two cores."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.conf import settings

from coop4canada.local.ports import free_port

ROOT = Path(__file__).parents[2]
SECONDS = 8.0
CONNECTIONS = 8
WEB_PROCESSES = "2"
PAGE = "/ridings/35001-ajax/"


@contextmanager
def site(
    folder: str,
    *,
    application: str = "coop4canada.wsgi:application",
    threads: int = 2,
    variables: dict[str, str] | None = None,
) -> Iterator[int]:
    """Run two web processes as production does, their static files in a folder; yields their port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", application, "--port", str(port)]
    command += ["--workers", WEB_PROCESSES, "--blocking-threads", str(threads), "--no-access-log"]
    environment = {
        **os.environ,
        "COOP_LOG_LEVEL": "ERROR",
        "DJANGO_DEBUG": "false",
        "DJANGO_SECRET_KEY": "bench",
        "COOP_HASH_KEY": settings.HASH_KEY,
    }
    environment |= {
        "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
        "COOP_HTTPS_REDIRECT": "false",
        "COOP_VAR_DIR": folder,
        **(variables or {}),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr) as web:
        try:
            _wait_until_it_answers(port)
            yield port
        finally:
            web.terminate()


def _wait_until_it_answers(port: int) -> None:
    for _attempt in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web processes do not answer")


def rate(port: int, paths: list[str]) -> float:
    """Return answered requests a second over kept-alive connections; only 200 and 404 count as answers."""
    counts = [0] * CONNECTIONS
    refused: list[int] = []
    deadline = time.perf_counter() + SECONDS

    def client(number: int) -> None:
        random = Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < deadline:
            connection.request("GET", random.choice(paths))
            answer = connection.getresponse()
            answer.read()
            if answer.status in (200, 404):
                counts[number] += 1
            else:
                refused.append(answer.status)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        raise SystemExit(f"{len(refused)} requests failed, the first with status {refused[0]}")
    return sum(counts) / (time.perf_counter() - begun)


def measure() -> Iterator[tuple[str, float, str]]:
    """Ask for points all over the south of Canada, then for pages."""
    random = Random(1)
    points = [
        f"lat={random.uniform(42, 60):.5f}&lon={random.uniform(-135, -55):.5f}" for _point in range(2000)
    ]
    lookups = [f"/api/v1/lookup?{point}" for point in points]
    represent = [f"/boundaries/?contains={point[4:].replace('&lon=', ',')}" for point in points]
    with TemporaryDirectory() as folder, site(folder) as port:
        rate(port, lookups)  # each process loads the shapes at its first look-up
        yield "lookup_by_point", rate(port, lookups), "requests/s"
        yield "represent_contains", rate(port, represent), "requests/s"
        yield "colours", rate(port, ["/api/v1/map/colours"]), "requests/s"
        yield "riding_page", rate(port, [PAGE]), "requests/s"
