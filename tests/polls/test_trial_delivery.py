"""The trial provider's notices really travel, over HTTP, from a thread, until the site takes them."""

import http.server
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from coop4canada.kit import clock
from polls.gateways.local import LocalGateway
from polls.trial import delivery
from polls.trial.provider import TrialProvider
from polls.trial.things import Troubles
from tests.polls.test_gateway_contract import order


class Site:
    """Stands where the site takes notices; answers 503 as often as `refusals` says."""

    def __init__(self) -> None:
        self.refusals = 0
        self.heard: list[tuple[str, str, bool]] = []
        self.gateway = LocalGateway()

    def take(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        self.gateway.read_event(body=body, headers=headers, now=clock.now())
        self.refusals -= 1
        self.heard.append((path, json.loads(body)["type"], self.refusals < 0))
        return 204 if self.refusals < 0 else 503


@pytest.fixture
def site(local_provider: TrialProvider, settings: Any) -> Iterator[Site]:
    standing = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(standing.take(self.path, body, dict(self.headers)))
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Keep quiet."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as listener:
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        settings.SITE_URL = f"http://127.0.0.1:{listener.server_address[1]}"
        settings.TRIAL_PROVIDER_SENDS = True
        yield standing
        assert wait_until_quiet()
        listener.shutdown()
        thread.join()


def wait_until_quiet() -> bool:
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        if not delivery._one_at_a_time.locked() and delivery._pause_before_next() is None:
            return True
        time.sleep(0.05)
    return False


def test_notices_arrive_and_are_sent_until_they_are_taken(site: Site, local_provider: TrialProvider) -> None:
    site.refusals = 1
    ref = site.gateway.ask_for_payment(order()).ref
    local_provider.pay(ref, card="works", now=clock.now())
    delivery.deliver_soon()
    delivery.deliver_soon()

    assert wait_until_quiet()
    path = "/polls/events/local/"
    assert site.heard == [
        (path, "payment.succeeded", False),
        (path, "session.completed", True),
        (path, "payment.succeeded", True),
    ]


def test_held_notices_start_no_thread(site: Site, local_provider: TrialProvider) -> None:
    local_provider.trouble(Troubles(notices_held=True))
    ref = site.gateway.ask_for_payment(order()).ref
    local_provider.pay(ref, card="works", now=clock.now())
    delivery.deliver_soon()

    assert not delivery._one_at_a_time.locked()
    assert site.heard == []


def test_a_site_that_is_down_is_left_for_later(local_provider: TrialProvider, settings: Any) -> None:
    settings.SITE_URL = "http://127.0.0.1:9"

    assert delivery.deliver(b"{}", {}) is False
