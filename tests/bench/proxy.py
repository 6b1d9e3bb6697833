"""The repository's caching proxy before the site that is measured."""

import http.client
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from coop4canada.local.ports import free_port
from tests.nginx import NGINX, write_configuration


@contextmanager
def caching_proxy(upstream_port: int) -> Iterator[int]:
    """Run nginx as deploy/ configures it; yields its port."""
    if NGINX is None:
        raise SystemExit("nginx is not installed")
    port = free_port()
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_configuration(
            folder, name="127.0.0.1", trusted_hop="127.0.0.1/32", upstream_port=upstream_port, port=port
        )
        with subprocess.Popen([NGINX, "-p", name, "-c", str(folder / "nginx.conf")]) as process:
            try:
                _wait(port)
                yield port
            finally:
                process.terminate()


def _wait(port: int) -> None:
    for _attempt in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("nginx does not answer")
