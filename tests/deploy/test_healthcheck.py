"""The containers' health checks."""

import http.server
import os
import runpy
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKS: dict[str, Any] = runpy.run_path(str(ROOT / "deploy/healthcheck.py"))

pytestmark = pytest.mark.enable_socket


class Site(http.server.BaseHTTPRequestHandler):
    """Answers /healthz for the host coop.example only, as the site does."""

    def do_GET(self) -> None:
        healthy = self.path == "/healthz" and self.headers["Host"] == "coop.example"
        self.send_response(200 if healthy else 400)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("GRANIAN_PORT", str(server.server_address[1]))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_web_is_well_when_it_answers_to_its_name(site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOWED_HOSTS", "coop.example,www.coop.example")

    assert CHECKS["web"]() is True


def test_web_is_ill_when_it_answers_with_an_error(site: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOWED_HOSTS", "elsewhere.example")

    assert CHECKS["web"]() is False


def test_web_is_ill_when_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRANIAN_PORT", "1")

    assert CHECKS["web"]() is False


@pytest.mark.parametrize(("age_seconds", "well"), [(0, True), (100, True), (1000, False)])
def test_beat_is_well_while_it_writes_its_schedule(tmp_path: Path, age_seconds: int, *, well: bool) -> None:
    schedule = tmp_path / "beat-schedule"
    schedule.touch()
    os.utime(schedule, (time.time() - age_seconds,) * 2)

    assert CHECKS["beat"](tmp_path) is well


def test_beat_is_ill_without_a_schedule(tmp_path: Path) -> None:
    assert CHECKS["beat"](tmp_path) is False
