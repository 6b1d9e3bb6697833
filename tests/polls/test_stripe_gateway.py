"""What is asked of Stripe word for word, and how its answers are read."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
import stripe

from polls.gateways.port import FoundPayment, FoundSession, GatewayDown, PaymentState, SessionState
from polls.gateways.stripe import StripeGateway
from polls.gateways.stripe_answers import found_payment, found_refund
from tests.polls.stripe_standin import StripeStandIn
from tests.polls.test_gateway_contract import GIFT, LONG_AGO, order
from tests.polls.worlds import WEBHOOK_SECRET, stripe_notice

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
KEY = "sk_test_51SecretOfOurs"


@pytest.fixture
def standin(settings: Any) -> StripeStandIn:
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, WEBHOOK_SECRET
    return StripeStandIn()


@pytest.fixture
def gateway(standin: StripeStandIn) -> StripeGateway:
    return StripeGateway(standin)


PAGE = {
    "payment_method_types[0]": "card",
    "client_reference_id": str(GIFT),
    "metadata[contribution]": str(GIFT),
    "success_url": "https://coop.example/thanks/",
    "cancel_url": "https://coop.example/back/",
}


def test_a_page_to_pay_is_asked_for_word_for_word(gateway: StripeGateway, standin: StripeStandIn) -> None:
    session = gateway.ask_for_payment(order(language="fr"))

    assert session.url == "https://checkout.stripe.com/c/pay"
    assert standin.asked == [
        (
            "post",
            "/v1/checkout/sessions",
            PAGE
            | {
                "mode": "payment",
                "locale": "fr-CA",
                "customer_email": "amara@example.org",
                "line_items[0][quantity]": "1",
                "line_items[0][price_data][currency]": "cad",
                "line_items[0][price_data][unit_amount]": "2500",
                "line_items[0][price_data][product_data][name]": "A poll in Ahuntsic-Cartierville",
                "payment_intent_data[metadata][contribution]": str(GIFT),
                "payment_intent_data[capture_method]": "automatic",
            },
        )
    ]


def test_a_page_to_save_a_card_is_asked_for_word_for_word(
    gateway: StripeGateway, standin: StripeStandIn
) -> None:
    gateway.ask_for_card(order())
    (_, first, customer), (_, second, page) = standin.asked

    assert (first, second) == ("/v1/customers", "/v1/checkout/sessions")
    assert customer == {
        "email": "amara@example.org",
        "metadata[contribution]": str(GIFT),
        "preferred_locales[0]": "en",
    }
    assert page == PAGE | {
        "mode": "setup",
        "locale": "en",
        "customer": "cus_0",
        "setup_intent_data[metadata][contribution]": str(GIFT),
    }


def test_no_address_is_made_up_for_who_gave_none(gateway: StripeGateway, standin: StripeStandIn) -> None:
    gateway.ask_for_payment(order(email=""))
    gateway.ask_for_card(order(email="", key="session:2"))

    assert [name for _, _, wish in standin.asked for name in wish if "email" in name] == []


def test_a_charge_without_the_giver_is_asked_for_word_for_word(
    gateway: StripeGateway, standin: StripeStandIn
) -> None:
    ref = gateway.ask_for_card(order()).ref
    standin.pay(ref, "works")
    saved = gateway.session(ref)
    gateway.charge(
        contribution=GIFT,
        customer_ref=saved.customer_ref,
        method_ref=saved.method_ref,
        amount_cents=2500,
        key="charge:1",
    )

    assert standin.asked[-1][2] == {
        "amount": "2500",
        "currency": "cad",
        "customer": saved.customer_ref,
        "payment_method": saved.method_ref,
        "payment_method_types[0]": "card",
        "capture_method": "automatic",
        "confirm": "true",
        "off_session": "true",
        "metadata[contribution]": str(GIFT),
        "expand[0]": "latest_charge.balance_transaction",
    }
    assert saved == FoundSession(
        ref, SessionState.COMPLETE, GIFT, "", saved.customer_ref, saved.method_ref, "CA", is_prepaid=False
    )


def test_keys_go_into_headers_of_their_own_client(gateway: StripeGateway, standin: StripeStandIn) -> None:
    gateway.ask_for_card(order())

    assert [one["Idempotency-Key"] for one in standin.headers] == ["session:1:customer", "session:1"]
    assert {one["Authorization"] for one in standin.headers} == {f"Bearer {KEY}"}
    assert stripe.api_key is None


def test_a_silent_stripe_is_asked_three_times(gateway: StripeGateway, standin: StripeStandIn) -> None:
    standin.outage = "before"
    with pytest.raises(GatewayDown):
        gateway.refund(payment_ref="pi_1", amount_cents=1, key="refund:1")

    assert len(standin.asked) == 3
    assert len({one["Idempotency-Key"] for one in standin.headers}) == 1


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        (400, "invalid_request_error", ValueError),
        (400, "idempotency_error", ValueError),
        (401, "invalid_request_error", GatewayDown),
        (403, "invalid_request_error", GatewayDown),
        (404, "invalid_request_error", LookupError),
        (409, "idempotency_error", GatewayDown),
        (429, "invalid_request_error", GatewayDown),
        (500, "api_error", GatewayDown),
        (502, "", GatewayDown),
    ],
)
def test_every_error_has_a_meaning_and_no_secret_is_logged(
    gateway: StripeGateway,
    standin: StripeStandIn,
    caplog: pytest.LogCaptureFixture,
    status: int,
    kind: str,
    expected: type[Exception],
) -> None:
    said = f'{{"error": {{"type": "{kind}", "message": "about {KEY}"}}}}' if kind else "<html>Bad gateway"
    standin.request = lambda *_, **__: (said, status, {"request-id": "req_7"})  # type: ignore[method-assign]

    with caplog.at_level(logging.INFO), pytest.raises(expected) as raised:
        gateway.payment("pi_1")
    assert KEY not in caplog.text
    assert expected is ValueError or KEY not in str(raised.value)
    assert raised.value.__suppress_context__


def test_what_is_sent_is_not_logged(gateway: StripeGateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gateway.ask_for_payment(order())

    assert logging.getLogger("stripe").level == logging.WARNING
    assert "amara" not in caplog.text


@pytest.mark.parametrize(
    "status", ["warning_needs_response", "warning_under_review", "warning_closed", "prevented"]
)
def test_an_inquiry_takes_no_money(gateway: StripeGateway, standin: StripeStandIn, status: str) -> None:
    ref = standin.make("dispute", "du", payment_intent="pi_1", amount=2500, status=status)["id"]

    with pytest.raises(LookupError):
        gateway.dispute(ref)
    assert list(gateway.disputes_since(LONG_AGO)) == []
    standin.objects[ref]["status"] = "under_review"
    assert [one.is_won for one in gateway.disputes_since(LONG_AGO)] == [None]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"object": "checkout.session", "id": "cs_1"}, ("session", "cs_1")),
        ({"object": "payment_intent", "id": "pi_1"}, ("payment", "pi_1")),
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, ("payment", "pi_1")),
        ({"object": "charge", "id": "ch_1", "payment_intent": None}, ("", "")),
        ({"object": "refund", "id": "re_1"}, ("refund", "re_1")),
        ({"object": "dispute", "id": "du_1"}, ("dispute", "du_1")),
        ({"object": "setup_intent", "id": "seti_1"}, ("", "seti_1")),
        ({"object": "balance", "livemode": False}, ("", "")),
    ],
)
def test_notices_speak_of_things(
    gateway: StripeGateway, about: dict[str, Any], expected: tuple[str, str]
) -> None:
    body, headers = stripe_notice(about, at=NOW)
    event = gateway.read_event(body=body, headers=headers, now=NOW)

    assert (event.id, event.kind, event.object_ref, event.at) == ("evt_1", *expected, NOW)


def test_without_a_secret_every_notice_is_forged(gateway: StripeGateway, settings: Any) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    body, headers = stripe_notice({"object": "refund", "id": "re_1"}, at=NOW, secret="")

    with pytest.raises(ValueError):
        gateway.read_event(body=body, headers=headers, now=NOW)


def intent(status: str, **fields: Any) -> FoundPayment:
    wanted = {"id": "pi_1", "amount": 2500, "status": status, "metadata": {}, "last_payment_error": None}
    return found_payment(stripe.PaymentIntent.construct_from(wanted | fields, "none"))


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        ("succeeded", None, PaymentState.SUCCEEDED),
        ("processing", None, PaymentState.PENDING),
        ("requires_action", None, PaymentState.PENDING),
        ("requires_payment_method", None, PaymentState.PENDING),
        ("requires_payment_method", {"code": "card_declined"}, PaymentState.DECLINED),
        ("canceled", None, PaymentState.DECLINED),
    ],
)
def test_states_of_a_payment(status: str, error: dict[str, str] | None, expected: PaymentState) -> None:
    payment = intent(status, last_payment_error=error)

    assert (payment.state, payment.contribution, payment.fee_cents) == (expected, None, 0)


def test_a_fee_that_is_not_in_dollars_of_ours_is_no_number(caplog: pytest.LogCaptureFixture) -> None:
    fee = {"object": "balance_transaction", "id": "txn_1", "fee": 95, "currency": "usd"}
    payment = intent(
        "succeeded", latest_charge={"object": "charge", "id": "ch_1", "balance_transaction": fee}
    )
    unknown = intent(
        "succeeded", latest_charge={"object": "charge", "id": "ch_1", "balance_transaction": "txn_1"}
    )

    assert (payment.fee_cents, unknown.fee_cents) == (0, 0)
    assert [one.levelname for one in caplog.records] == ["ERROR"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("succeeded", PaymentState.SUCCEEDED),
        ("pending", PaymentState.PENDING),
        ("requires_action", PaymentState.PENDING),
        ("failed", PaymentState.DECLINED),
        ("canceled", PaymentState.DECLINED),
    ],
)
def test_states_of_a_refund(status: str, expected: PaymentState) -> None:
    made = {"id": "re_1", "amount": 5, "status": status, "payment_intent": None, "metadata": {}}

    assert found_refund(stripe.Refund.construct_from(made, "none")).state is expected
