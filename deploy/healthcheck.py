# ruff: noqa: INP001 -- a script of its own, copied into the image
"""Say by exit code whether the process of this container is well: healthcheck.py web | beat."""

import http.client
import os
import sys
import time
from pathlib import Path

BEAT_WRITES_EVERY_SECONDS = 180
"""How often Celery's beat writes its schedule. Source: celery.beat.Scheduler.sync_every, Celery 5.7."""


def web() -> bool:
    """Return whether the web server answers."""
    host = os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(os.environ.get("GRANIAN_PORT", "8000")), timeout=4
    )
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def beat(directory: Path = Path("/tmp")) -> bool:  # noqa: S108 -- the container's own
    """Return whether beat has written its schedule lately."""
    written = [path.stat().st_mtime for path in directory.glob("beat-schedule*")]
    return bool(written) and time.time() - max(written) < 2 * BEAT_WRITES_EVERY_SECONDS


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "beat": beat}[sys.argv[1]]() else 1)
