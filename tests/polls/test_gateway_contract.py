"""What every gateway must do, whoever is behind it; Stripe stands in here by answers of our own."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from coop4canada.kit import clock
from polls.gateways.port import (
    BadEvent,
    FoundDispute,
    FoundPayment,
    GatewayDown,
    Order,
    PaymentState,
    SessionState,
)
from polls.trial.provider import TrialProvider
from tests.polls.worlds import WEBHOOK_SECRET, LocalWorld, StripeWorld, World

GIFT = UUID("3f2b6a54-53f5-4ad8-9d5b-0e6ff5d0f7aa")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["local", "stripe"])
def world(request: pytest.FixtureRequest, settings: Any, local_provider: TrialProvider) -> World:
    settings.STRIPE_KEY = "sk_test_none"
    settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
    return LocalWorld(local_provider) if request.param == "local" else StripeWorld()


def order(**changed: Any) -> Order:
    wanted: dict[str, Any] = {
        "contribution": GIFT,
        "amount_cents": 2500,
        "title": "A poll in Ahuntsic-Cartierville",
        "email": "amara@example.org",
        "language": "en",
        "success_url": "https://coop.example/thanks/",
        "cancel_url": "https://coop.example/back/",
        "key": "session:1",
    }
    return Order(**(wanted | changed))


def paid(world: World, card: str = "works", **changed: Any) -> FoundPayment:
    ref = world.gateway.ask_for_payment(order(**changed)).ref
    world.pay(ref, card)
    return world.gateway.payment(world.gateway.session(ref).payment_ref)


def charged(world: World, card: str, key: str = "charge:1") -> FoundPayment:
    ref = world.gateway.ask_for_card(order()).ref
    world.pay(ref, card)
    saved = world.gateway.session(ref)
    return world.gateway.charge(
        contribution=GIFT,
        customer_ref=saved.customer_ref,
        method_ref=saved.method_ref,
        amount_cents=2500,
        key=key,
    )


def test_a_page_is_open_until_the_giver_has_paid(world: World) -> None:
    asked = world.gateway.ask_for_payment(order())
    before = world.gateway.session(asked.ref)
    world.pay(asked.ref, "works")
    after = world.gateway.session(asked.ref)

    assert asked.url
    assert (before.state, before.contribution, before.payment_ref) == (SessionState.OPEN, GIFT, "")
    assert (after.state, after.contribution) == (SessionState.COMPLETE, GIFT)
    assert after.payment_ref


def test_a_payment_tells_amount_fee_and_card(world: World) -> None:
    payment = paid(world)

    assert payment == FoundPayment(
        payment.ref, PaymentState.SUCCEEDED, GIFT, 2500, fee_cents=payment.fee_cents, card_country="CA"
    )
    assert payment.fee_cents in {102, 103}


@pytest.mark.parametrize(
    ("card", "country", "is_prepaid"), [("foreign", "US", False), ("prepaid", "CA", True)]
)
def test_cards_that_the_law_asks_about_are_known(
    world: World, card: str, country: str, *, is_prepaid: bool
) -> None:
    asked = world.gateway.ask_for_card(order())
    world.pay(asked.ref, card)
    saved, payment = world.gateway.session(asked.ref), paid(world, card, key="session:2")

    assert (saved.card_country, saved.is_prepaid) == (country, is_prepaid)
    assert (payment.card_country, payment.is_prepaid) == (country, is_prepaid)


def test_a_declined_card_leaves_the_page_open(world: World) -> None:
    asked = world.gateway.ask_for_payment(order())
    world.pay(asked.ref, "declined")

    [payment] = world.gateway.payments_since(LONG_AGO)
    assert world.gateway.session(asked.ref).state is SessionState.OPEN
    assert (payment.state, payment.decline_code) == (PaymentState.DECLINED, "card_declined")


def test_a_saved_card_is_charged(world: World) -> None:
    payment = charged(world, "works")

    assert (payment.state, payment.amount_cents, payment.contribution) == (PaymentState.SUCCEEDED, 2500, GIFT)
    assert payment.fee_cents > 0
    assert world.gateway.payment(payment.ref) == payment


@pytest.mark.parametrize(
    ("card", "code"), [("fails_later", "insufficient_funds"), ("asks_later", "authentication_required")]
)
def test_a_declined_charge_is_an_answer(world: World, card: str, code: str) -> None:
    payment = charged(world, card)

    assert (payment.state, payment.decline_code) == (PaymentState.DECLINED, code)
    assert world.gateway.payment(payment.ref).state is PaymentState.DECLINED


def test_under_the_same_key_everything_happens_once(world: World) -> None:
    asked, again = world.gateway.ask_for_payment(order()), world.gateway.ask_for_payment(order())
    world.pay(asked.ref, "works")
    payment_ref = world.gateway.session(asked.ref).payment_ref
    refunds = [world.gateway.refund(payment_ref=payment_ref, amount_cents=900, key="refund:1") for _ in "12"]

    assert asked == again
    assert refunds[0] == refunds[1]
    assert [one.ref for one in world.gateway.refunds_since(LONG_AGO)] == [refunds[0].ref]
    assert world.gateway.payment(payment_ref).refunded_cents == 900


def test_a_charge_is_made_once_under_its_key(world: World) -> None:
    ref = world.gateway.ask_for_card(order()).ref
    world.pay(ref, "works")
    saved = world.gateway.session(ref)
    cards = {"customer_ref": saved.customer_ref, "method_ref": saved.method_ref}
    ask = [
        world.gateway.charge(contribution=GIFT, amount_cents=2500, key="charge:1", **cards) for _ in range(2)
    ]

    assert ask[0] == ask[1]
    assert len(list(world.gateway.payments_since(LONG_AGO))) == 1


def test_the_same_key_for_something_else_is_refused(world: World) -> None:
    payment = paid(world)
    world.gateway.refund(payment_ref=payment.ref, amount_cents=900, key="refund:1")

    with pytest.raises(ValueError):
        world.gateway.refund(payment_ref=payment.ref, amount_cents=901, key="refund:1")


def test_a_refund_is_partial_or_all_and_never_more(world: World) -> None:
    payment = paid(world)
    first = world.gateway.refund(payment_ref=payment.ref, amount_cents=1000, key="refund:1")
    with pytest.raises(ValueError):
        world.gateway.refund(payment_ref=payment.ref, amount_cents=1501, key="refund:2")
    second = world.gateway.refund(payment_ref=payment.ref, amount_cents=1500, key="refund:3")

    assert (first.state, first.amount_cents, first.key) == (PaymentState.SUCCEEDED, 1000, "refund:1")
    assert world.gateway.refund_made(second.ref) == second
    assert world.gateway.payment(payment.ref).refunded_cents == 2500


def test_a_released_card_is_charged_no_more(world: World) -> None:
    ref = world.gateway.ask_for_card(order()).ref
    world.pay(ref, "works")
    saved = world.gateway.session(ref)
    cards = {"customer_ref": saved.customer_ref, "method_ref": saved.method_ref}
    world.gateway.release(**cards)
    world.gateway.release(**cards)

    with pytest.raises(ValueError):
        world.gateway.charge(contribution=GIFT, amount_cents=100, key="charge:1", **cards)


@pytest.mark.parametrize(
    ("is_won", "expected"), [(None, None), (True, True), (False, False)], ids=["open", "won", "lost"]
)
def test_a_dispute_is_open_won_or_lost(world: World, is_won: bool | None, expected: bool | None) -> None:
    payment = paid(world)
    ref = world.dispute(payment.ref)
    if is_won is not None:
        world.decide(ref, is_won=is_won)

    assert world.gateway.dispute(ref) == FoundDispute(ref, payment.ref, 2500, expected)
    assert list(world.gateway.disputes_since(LONG_AGO)) == [world.gateway.dispute(ref)]


def test_everything_since_a_moment_is_listed_whole(world: World) -> None:
    refs = {
        world.gateway.ask_for_payment(order(key=f"session:{n}", contribution=uuid4())).ref for n in range(5)
    }
    for ref in refs:
        world.pay(ref, "works")

    assert {one.ref for one in world.gateway.sessions_since(LONG_AGO)} == refs
    assert {one.payment_ref for one in world.gateway.sessions_since(LONG_AGO)} == {
        one.ref for one in world.gateway.payments_since(LONG_AGO)
    }
    assert list(world.gateway.sessions_since(clock.now() + timedelta(days=400))) == []


@pytest.mark.parametrize("look_up", ["session", "payment", "refund_made", "dispute"])
def test_what_is_unknown_is_no_outage(world: World, look_up: str) -> None:
    with pytest.raises(LookupError):
        getattr(world.gateway, look_up)("nothing_of_this_name")


@pytest.mark.parametrize("outage", ["before", "after"])
def test_an_outage_is_told_as_one_and_acts_at_most_once(world: World, outage: str) -> None:
    payment = paid(world)
    world.break_off(outage)
    with pytest.raises(GatewayDown):
        world.gateway.refund(payment_ref=payment.ref, amount_cents=900, key="refund:1")
    with pytest.raises(GatewayDown):
        list(world.gateway.refunds_since(LONG_AGO))
    world.break_off("none")
    made = list(world.gateway.refunds_since(LONG_AGO))
    world.gateway.refund(payment_ref=payment.ref, amount_cents=900, key="refund:1")

    assert len(made) == (1 if outage == "after" else 0)
    assert world.gateway.payment(payment.ref).refunded_cents == 900


def test_a_genuine_notice_says_what_it_speaks_of(world: World) -> None:
    ref = world.gateway.ask_for_payment(order()).ref
    world.pay(ref, "works")
    now = clock.now()
    body, headers = world.notice("session", ref, at=now)

    event = world.gateway.read_event(body=body, headers=headers, now=now + timedelta(seconds=299))
    assert (event.kind, event.object_ref) == ("session", ref)
    assert event.id
    assert abs(event.at - now) < timedelta(minutes=1)


def test_forged_altered_and_stale_notices_are_refused(world: World) -> None:
    payment = paid(world)
    now = clock.now()
    body, headers = world.notice("payment", payment.ref, at=now)
    [(name, signature)] = [item for item in headers.items() if "Signature" in item[0]]
    seconds, _, proof = signature.partition(",v1=")
    later = int(seconds[2:]) + 600
    forged = [
        (body, {}, now),
        (body, {name: ""}, now),
        (body, {name: "rubbish"}, now),
        (body, {name: f"{seconds},v1={'0' * len(proof)}"}, now),
        (body, {name: f"t={later},v1={proof}"}, now + timedelta(minutes=10)),
        (body, {name: f"{seconds}=1,v1={proof}"}, now),
        (body.replace(b"payment", b"dispute"), headers, now),
        (b"\xff" + body, headers, now),
        (body, headers, now + timedelta(seconds=302)),
        (body, headers, now - timedelta(seconds=302)),
    ]

    for altered, sent, at in forged:
        with pytest.raises(BadEvent):
            world.gateway.read_event(body=altered, headers=sent, now=at)
