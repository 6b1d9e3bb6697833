"""The trial provider's page and desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit import clock
from polls.gateways.local import LocalGateway
from polls.gateways.port import PaymentState, SessionState
from polls.trial.provider import TrialProvider
from polls.trial.things import State, TrialDispute, TrialPayment, TrialRefund, TrialSession, Troubles
from tests.polls.test_gateway_contract import order

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.browser.urls")]

DESK = "/dev/pay/desk/"


@pytest.fixture
def gateway(local_provider: TrialProvider, settings: Any) -> LocalGateway:
    settings.SITE_URL = "https://coop.example"
    return LocalGateway()


@pytest.mark.parametrize(
    ("language", "words", "button"), [("en", "no money moves", "Pay $25"), ("fr", "aucun argent", "Payer 25")]
)
def test_the_page_says_that_no_money_moves(
    client: Client, gateway: LocalGateway, language: str, words: str, button: str
) -> None:
    asked = gateway.ask_for_payment(order(language=language))
    answer = client.get(asked.url)
    shown = answer.content.decode()

    assert asked.url == f"{'/fr' if language == 'fr' else ''}{reverse('trial-pay:page', args=[asked.ref])}"
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "Set-Cookie" not in answer
    assert words in shown
    assert button in shown


def test_who_pays_is_led_back_to_the_site(client: Client, gateway: LocalGateway) -> None:
    asked = gateway.ask_for_payment(order())
    answers = [client.post(asked.url, {"card": "works"}) for _ in "12"]

    # Under whichever name of the site the giver came: the host is left out.
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, "/thanks/")] * 2
    assert [one.state for one in gateway.payments_since(clock.now().replace(year=2020))] == [
        PaymentState.SUCCEEDED
    ]
    assert client.get(asked.url).status_code == 200


def test_an_address_elsewhere_stays_whole(client: Client, gateway: LocalGateway) -> None:
    asked = gateway.ask_for_card(order(success_url="https://elsewhere.example/thanks/"))

    assert client.post(asked.url, {"card": "works"})["Location"] == "https://elsewhere.example/thanks/"


@pytest.mark.parametrize("card", ["declined", "", "no such card", "4242424242424242"])
def test_what_cannot_be_paid_is_said(client: Client, gateway: LocalGateway, card: str) -> None:
    asked = gateway.ask_for_payment(order())
    answer = client.post(asked.url, {"card": card})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert gateway.session(asked.ref).state is SessionState.OPEN


def test_an_ended_page_takes_no_card(
    client: Client, gateway: LocalGateway, local_provider: TrialProvider
) -> None:
    asked = gateway.ask_for_payment(order())
    local_provider.expire(asked.ref, now=clock.now())
    answer = client.post(asked.url, {"card": "works"})

    assert answer.status_code == 422
    assert 'name="card"' not in answer.content.decode()
    assert gateway.session(asked.ref).state is SessionState.EXPIRED


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_never_was_is_404(client: Client, gateway: LocalGateway, method: str) -> None:
    assert getattr(client, method)("/dev/pay/trial_session_0/", {"card": "works"}).status_code == 404


def test_a_form_of_another_site_pays_nothing(client: Client, gateway: LocalGateway) -> None:
    asked = gateway.ask_for_payment(order())
    answer = client.post(asked.url, {"card": "works"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert gateway.session(asked.ref).state is SessionState.OPEN


def test_the_desk_shows_and_does_everything(
    client: Client, gateway: LocalGateway, local_provider: TrialProvider
) -> None:
    refs = [gateway.ask_for_payment(order(key=f"session:{n}")).ref for n in range(4)]
    for ref in refs[:3]:
        local_provider.pay(ref, card="works", now=clock.now())
    payments = [gateway.session(ref).payment_ref for ref in refs[:3]]
    local_provider.trouble(Troubles(refunds_wait=True))
    refunds = [gateway.refund(payment_ref=payments[0], amount_cents=n, key=f"r{n}").ref for n in (1, 2)]
    acts = [("expire", refs[3]), ("send_back", refunds[0]), ("fail_refund", refunds[1])]
    acts += [("dispute", payments[1]), ("dispute", payments[2]), ("hurry", "")]
    answers = [client.post(DESK, {"act": act, "ref": ref}).status_code for act, ref in acts]
    lost, won = local_provider.newest(TrialDispute, 2)
    answers += [
        client.post(DESK, {"act": act, "ref": one.ref}).status_code
        for act, one in (("win", won), ("lose", lost))
    ]

    assert answers == [303] * 8
    assert [one.is_won for one in local_provider.newest(TrialDispute, 2)] == [False, True]
    assert [one.state for one in local_provider.newest(TrialRefund, 2)] == [State.FAILED, State.SUCCEEDED]
    assert local_provider.newest(TrialSession, 1)[0].state == State.EXPIRED
    assert local_provider.newest(TrialPayment, 3)[2].refunded_cents == 1
    assert client.get(DESK).status_code == client.get("/fr" + DESK).status_code == 200


@pytest.mark.parametrize(
    "sent", [{"act": "burn"}, {}, {"act": "dispute", "ref": "nothing"}, {"act": "trouble", "outage": "maybe"}]
)
def test_the_desk_says_what_it_cannot_do(client: Client, gateway: LocalGateway, sent: dict[str, str]) -> None:
    answer = client.post(DESK, sent)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_desk_makes_the_provider_misbehave(
    client: Client, gateway: LocalGateway, local_provider: TrialProvider
) -> None:
    sent = {"act": "trouble", "outage": "after", "notices_twice": "on", "declines_next": "on"}

    assert client.post(DESK, sent).status_code == 303
    assert local_provider.troubles == Troubles(outage="after", notices_twice=True, declines_next=True)
    assert client.get(DESK).content.decode().count(" checked") == 2
    assert client.post(DESK, {"act": "trouble", "outage": "none"}).status_code == 303
    assert local_provider.troubles == Troubles()
