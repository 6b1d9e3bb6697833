"""The gateway to Stripe speaks with localstripe over HTTP, as a process of its own.

What localstripe does not have (pages, keys that act once, refusals to refund twice) is in test_gateway_contract.py.
"""

import http.server
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import Any
from uuid import UUID

import pytest
import stripe

from polls.gateways.port import BadEvent, GatewayDown, PaymentState
from polls.gateways.stripe import StripeGateway

KEY = "sk_test_for_localstripe"
SECRET = "whsec_for_localstripe"
GIFT = UUID("3f2b6a54-53f5-4ad8-9d5b-0e6ff5d0f7aa")
SECONDS_TO_START = 120
WORKS, DECLINED_LATER, DECLINED_AT_ONCE = "4242424242424242", "4000000000000341", "4000000000000002"


@pytest.fixture(scope="module")
def localstripe() -> Iterator[str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(__file__).with_name("localstripe_server.py")
    process = subprocess.Popen([sys.executable, str(program), str(port)])
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < limit and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("localstripe did not start")


@pytest.fixture
def client(localstripe: str) -> Iterator[stripe.StripeClient]:
    http_client = stripe.RequestsClient(timeout=10)
    yield stripe.StripeClient(KEY, base_addresses={"api": localstripe}, http_client=http_client)
    http_client.close()  # type: ignore[no-untyped-call]


@pytest.fixture
def gateway(localstripe: str, settings: Any) -> Iterator[StripeGateway]:
    settings.STRIPE_KEY, settings.STRIPE_URL, settings.STRIPE_WEBHOOK_SECRET = KEY, localstripe, SECRET
    http_client = stripe.RequestsClient(timeout=10)
    yield StripeGateway(http_client)
    http_client.close()  # type: ignore[no-untyped-call]


def saved_card(client: stripe.StripeClient, number: str = WORKS) -> dict[str, str]:
    """Save a card as Checkout does: a setup intent for charges without its owner."""
    customer = client.v1.customers.create({"email": "amara@example.org"})
    card = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    method = client.v1.payment_methods.create({"type": "card", "card": card})  # type: ignore[arg-type]
    intent = client.v1.setup_intents.create({"customer": customer.id, "usage": "off_session"})
    confirmed = client.v1.setup_intents.confirm(intent.id, {"payment_method": method.id})
    client.v1.payment_methods.attach(method.id, {"customer": customer.id})
    assert confirmed.status == "succeeded"
    return {"customer_ref": customer.id, "method_ref": method.id}


def test_a_saved_card_is_charged_and_given_back(gateway: StripeGateway, client: stripe.StripeClient) -> None:
    card = saved_card(client)
    payment = gateway.charge(contribution=GIFT, amount_cents=2599, key="charge:1", **card)
    refund = gateway.refund(payment_ref=payment.ref, amount_cents=599, key="refund:1")
    after = gateway.payment(payment.ref)

    assert (payment.state, payment.amount_cents, payment.contribution) == (PaymentState.SUCCEEDED, 2599, GIFT)
    assert (refund.state, refund.amount_cents, refund.payment_ref) == (
        PaymentState.SUCCEEDED,
        599,
        payment.ref,
    )
    assert gateway.refund_made(refund.ref) == refund
    assert (refund.key, after.refunded_cents) == ("refund:1", 599)


def test_a_declined_charge_is_an_answer(gateway: StripeGateway, client: stripe.StripeClient) -> None:
    card = saved_card(client, DECLINED_LATER)
    payment = gateway.charge(contribution=GIFT, amount_cents=2599, key="charge:2", **card)

    assert (payment.state, payment.decline_code, payment.contribution) == (
        PaymentState.DECLINED,
        "card_declined",
        GIFT,
    )


def test_a_card_is_declined_while_it_is_saved(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.CardError):
        saved_card(client, DECLINED_AT_ONCE)


def test_a_card_is_released(gateway: StripeGateway, client: stripe.StripeClient) -> None:
    card = saved_card(client)
    gateway.release(**card)
    gateway.release(**card)

    assert client.v1.payment_methods.retrieve(card["method_ref"]).customer is None


def test_refusals_and_unknown_things_are_told_apart(
    gateway: StripeGateway, client: stripe.StripeClient
) -> None:
    card = saved_card(client) | {"method_ref": "pm_of_nobody"}

    with pytest.raises(LookupError):
        gateway.payment("pi_of_nobody")
    with pytest.raises(ValueError):
        gateway.charge(contribution=GIFT, amount_cents=100, key="charge:3", **card)
    with pytest.raises(ValueError):
        gateway.refund(payment_ref="pi_of_nobody", amount_cents=100, key="refund:3")


def test_a_process_that_does_not_answer_is_an_outage(settings: Any) -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.STRIPE_KEY, settings.STRIPE_URL = KEY, f"http://127.0.0.1:{nobody.getsockname()[1]}"
        http_client = stripe.RequestsClient(timeout=1)
        with pytest.raises(GatewayDown):
            StripeGateway(http_client).refund(payment_ref="pi_1", amount_cents=1, key="refund:4")
        http_client.close()  # type: ignore[no-untyped-call]


@pytest.fixture
def arrived(localstripe: str) -> Iterator["Queue[tuple[bytes, dict[str, str]]]"]:
    """Webhooks that localstripe sends here."""
    heard: Queue[tuple[bytes, dict[str, str]]] = Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.put((self.rfile.read(int(self.headers["Content-Length"])), dict(self.headers)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Keep quiet."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as listener:
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        wish = {"url": f"http://127.0.0.1:{listener.server_address[1]}/", "secret": SECRET}
        register = urllib.request.Request(
            localstripe + "/_config/webhooks/ours",
            urllib.parse.urlencode(wish).encode(),
            {"Authorization": f"Bearer {KEY}"},
        )
        urllib.request.urlopen(register, timeout=10).close()
        yield heard
        listener.shutdown()
        thread.join()


def test_a_webhook_is_genuine_only_as_it_was_sent(
    gateway: StripeGateway, client: stripe.StripeClient, arrived: "Queue[tuple[bytes, dict[str, str]]]"
) -> None:
    payment = gateway.charge(contribution=GIFT, amount_cents=2599, key="charge:5", **saved_card(client))
    body, headers = arrived.get(timeout=20)
    while payment.ref.encode() not in body:
        body, headers = arrived.get(timeout=20)
    now = datetime.now(UTC)
    event = gateway.read_event(body=body, headers=headers, now=now)

    assert (event.kind, event.object_ref) == ("payment", payment.ref)
    for altered, at in ((body + b" ", now), (body, now + timedelta(seconds=310))):
        with pytest.raises(BadEvent):
            gateway.read_event(body=altered, headers=headers, now=at)
