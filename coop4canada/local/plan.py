"""What makes up a running site: the commands that prepare it and the programs that serve it."""

import http.client
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coop4canada.local.child import Program

ROOT = Path(__file__).resolve().parents[2]
"""The checkout this file belongs to."""


DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Site:
    """Where a site listens and keeps what it writes."""

    state: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches the site."""
        return self.host in {"127.0.0.1", "::1", "localhost"}

    @property
    def reachable_host(self) -> str:
        """A host this machine reaches the site under."""
        return "localhost" if self.is_loopback or self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104

    @property
    def url(self) -> str:
        """The home page's address."""
        return f"http://{self.reachable_host}:{self.port}/"

    def answers(self) -> bool:
        """Return whether the site says that it is well."""
        connection = http.client.HTTPConnection(self.reachable_host, self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@dataclass(frozen=True)
class Step:
    """A command that runs to its end before the site is served, and may write to the terminal.

    Args:
        notes: file it writes what belongs into the closing block; read, then deleted.
    """

    name: str
    command: tuple[str, ...]
    notes: Path | None = None


@dataclass(frozen=True)
class Plan:
    """The preparing steps in their order, and the programs in the order they start."""

    steps: Callable[[Site], list[Step]]
    programs: Callable[[Site], list[Program]]


def _steps(site: Site) -> list[Step]:
    # Static files are found in their sources in development, collected nowhere.
    notes = site.state / "run/notes"
    return [Step("prepare", (sys.executable, "-m", "coop4canada.local.prepare", str(notes)), notes)]


def _programs(site: Site) -> list[Program]:
    celery = (sys.executable, "-m", "celery", "-A", "coop4canada")
    web = (sys.executable, "-m", "granian", "--interface", "wsgi", "coop4canada.wsgi:application")
    address = ("--host", site.host, "--port", str(site.port))
    strength = (
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "5",
    )
    # Alone on its broker, the worker has nobody to gossip with and starts a second sooner.
    worker = ("worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
    beat = ("beat", "--loglevel", "INFO", "--pidfile=", "--schedule", str(site.state / "run/beat-schedule"))
    # Warm shutdown finishes the job at hand, cold shutdown hands it back to the queue.
    warm_then_cold = ((signal.SIGTERM, 10.0), (signal.SIGQUIT, 5.0))
    return [
        Program("web", web + address + strength, directory=ROOT),
        Program("worker", celery + worker, warm_then_cold, orphan_signal=signal.SIGQUIT, directory=ROOT),
        Program("beat", celery + beat, directory=ROOT),
    ]


SITE_PLAN = Plan(steps=_steps, programs=_programs)
