"""The gateway to Stripe through its own library. No card's data ever comes here: its pages take cards.

Source: docs.stripe.com/api, version of the library, read 2026-11.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import stripe
from django.conf import settings

from coop4canada.kit.providers import PAYMENT_FORM_HOSTS
from polls.gateways.notices import refuse_stale
from polls.gateways.port import (
    BadEvent,
    Event,
    FoundDispute,
    FoundPayment,
    FoundRefund,
    FoundSession,
    Order,
    Session,
)
from polls.gateways.stripe_answers import (
    INQUIRIES,
    declined_charge,
    found_dispute,
    found_payment,
    found_refund,
    found_session,
)
from polls.gateways.stripe_errors import speaking_with_stripe

# Every try may take so long, and there are three: a giver waits half a minute at the very most.
TIMEOUT_SECONDS = 8
RETRIES = 2
PAGE = 100
SIGNATURE_HEADER = "Stripe-Signature"

WITH_CHARGE = ["latest_charge.balance_transaction"]
WITH_CARD = ["payment_intent.latest_charge", "setup_intent.payment_method"]
_KINDS = {
    "checkout.session": "session",
    "payment_intent": "payment",
    "charge": "payment",
    "refund": "refund",
    "dispute": "dispute",
}


class StripeGateway:
    """Speaks with Stripe; key, secret and address are settings."""

    name = "stripe"
    form_hosts = PAYMENT_FORM_HOSTS["stripe"]

    def __init__(self, http_client: stripe.HTTPClient | None = None) -> None:
        """Speak through `http_client`, or through one of the library's own."""
        self._http_client = http_client

    @cached_property
    def _stripe(self) -> stripe.StripeClient:
        return stripe.StripeClient(
            settings.STRIPE_KEY,
            base_addresses={"api": settings.STRIPE_URL},
            max_network_retries=RETRIES,
            http_client=self._http_client or stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        )

    def ask_for_payment(self, order: Order) -> Session:
        """Make a page on which the giver pays at once."""
        marks = {"contribution": str(order.contribution)}
        price = {"currency": "cad", "unit_amount": order.amount_cents, "product_data": {"name": order.title}}
        page = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            # Taken at once and not some time after: the fee is known with the payment.
            "payment_intent_data": {"metadata": marks, "capture_method": "automatic"},
        }
        if order.email:
            page["customer_email"] = order.email
        with speaking_with_stripe():
            return self._open(order, page)

    def ask_for_card(self, order: Order) -> Session:
        """Make a page on which the giver saves a card for a later charge."""
        marks = {"contribution": str(order.contribution)}
        owner: dict[str, Any] = {"metadata": marks, "preferred_locales": [_locale(order)]}
        if order.email:
            owner["email"] = order.email
        with speaking_with_stripe():
            customer = self._stripe.v1.customers.create(owner, _once(f"{order.key}:customer"))  # type: ignore[arg-type]
            # A setup intent of a page is for charges without the giver, so the bank asks its owner now.
            page = {"mode": "setup", "customer": customer.id, "setup_intent_data": {"metadata": marks}}
            return self._open(order, page)

    def charge(
        self, *, contribution: UUID, customer_ref: str, method_ref: str, amount_cents: int, key: str
    ) -> FoundPayment:
        """Charge a saved card; a declined one is an answer, and so is a bank that wants to ask its owner."""
        intent = {
            "amount": amount_cents,
            "currency": "cad",
            "customer": customer_ref,
            "payment_method": method_ref,
            "payment_method_types": ["card"],
            "capture_method": "automatic",
            "confirm": True,
            "off_session": True,
            "metadata": {"contribution": str(contribution)},
            "expand": WITH_CHARGE,
        }
        with speaking_with_stripe():
            try:
                return found_payment(self._stripe.v1.payment_intents.create(intent, _once(key)))  # type: ignore[arg-type]
            except stripe.CardError as refusal:
                return declined_charge(refusal, contribution=contribution, amount_cents=amount_cents)

    def refund(self, *, payment_ref: str, amount_cents: int, key: str) -> FoundRefund:
        """Give back a part of a payment or all of it. Raises: ValueError."""
        wish = {"payment_intent": payment_ref, "amount": amount_cents, "metadata": {"key": key}}
        with speaking_with_stripe():
            return found_refund(self._stripe.v1.refunds.create(wish, _once(key)))  # type: ignore[arg-type]

    def release(self, *, customer_ref: str, method_ref: str) -> None:  # noqa: ARG002 — a saved card is known by itself
        """Forget a saved card; Stripe refuses to forget it twice, and then it is forgotten."""
        with speaking_with_stripe():
            try:
                self._stripe.v1.payment_methods.detach(method_ref)
            except stripe.InvalidRequestError:
                if self._stripe.v1.payment_methods.retrieve(method_ref).customer is not None:
                    raise

    def session(self, ref: str) -> FoundSession:
        """Look a session up."""
        with speaking_with_stripe(looks_up=True):
            return found_session(self._stripe.v1.checkout.sessions.retrieve(ref, {"expand": WITH_CARD}))

    def payment(self, ref: str) -> FoundPayment:
        """Look a payment up."""
        with speaking_with_stripe(looks_up=True):
            return found_payment(self._stripe.v1.payment_intents.retrieve(ref, {"expand": WITH_CHARGE}))

    def refund_made(self, ref: str) -> FoundRefund:
        """Look a refund up."""
        with speaking_with_stripe(looks_up=True):
            return found_refund(self._stripe.v1.refunds.retrieve(ref))

    def dispute(self, ref: str) -> FoundDispute:
        """Look a dispute up; an inquiry, which took no money, is none. Raises: LookupError."""
        with speaking_with_stripe(looks_up=True):
            dispute = self._stripe.v1.disputes.retrieve(ref)
        if dispute.status in INQUIRIES:
            raise LookupError(f"{ref} is an inquiry of the bank: no money was taken.")
        return found_dispute(dispute)

    def read_event(self, *, body: bytes, headers: Mapping[str, str], now: datetime) -> Event:
        """Verify a notice's signature and age. Raises: BadEvent."""
        header = headers.get(SIGNATURE_HEADER, "")
        try:
            stripe.WebhookSignature.verify_header(body, header, settings.STRIPE_WEBHOOK_SECRET)
            at = _signed_at(header)
        except (stripe.SignatureVerificationError, ValueError):
            # Neither the body nor the secret belongs into a log.
            raise BadEvent("The notice is not signed by Stripe.") from None
        refuse_stale(at, now=now)
        return _event(json.loads(body))

    def payments_since(self, at: datetime) -> Iterable[FoundPayment]:
        """Every payment made since, declined ones too."""
        wish = _since(at, *(f"data.{part}" for part in WITH_CHARGE))
        with speaking_with_stripe():
            for intent in self._stripe.v1.payment_intents.list(wish).auto_paging_iter():  # type: ignore[arg-type]
                yield found_payment(intent)

    def sessions_since(self, at: datetime) -> Iterable[FoundSession]:
        """Every session made since."""
        wish = _since(at, *(f"data.{part}" for part in WITH_CARD))
        with speaking_with_stripe():
            for session in self._stripe.v1.checkout.sessions.list(wish).auto_paging_iter():  # type: ignore[arg-type]
                yield found_session(session)

    def refunds_since(self, at: datetime) -> Iterable[FoundRefund]:
        """Every refund made since."""
        with speaking_with_stripe():
            for refund in self._stripe.v1.refunds.list(_since(at)).auto_paging_iter():  # type: ignore[arg-type]
                yield found_refund(refund)

    def disputes_since(self, at: datetime) -> Iterator[FoundDispute]:
        """Every dispute opened since, without inquiries."""
        with speaking_with_stripe():
            for dispute in self._stripe.v1.disputes.list(_since(at)).auto_paging_iter():  # type: ignore[arg-type]
                if dispute.status not in INQUIRIES:
                    yield found_dispute(dispute)

    def _open(self, order: Order, page: dict[str, Any]) -> Session:
        wish = {
            "payment_method_types": ["card"],
            "client_reference_id": str(order.contribution),
            "metadata": {"contribution": str(order.contribution)},
            "locale": _locale(order),
            "success_url": order.success_url,
            "cancel_url": order.cancel_url,
            **page,
        }
        session = self._stripe.v1.checkout.sessions.create(wish, _once(order.key))  # type: ignore[arg-type]
        return Session(session.id, session.url or "")


def _locale(order: Order) -> str:
    return "fr-CA" if order.language == "fr" else "en"


def _once(key: str) -> dict[str, str]:
    return {"idempotency_key": key}


def _since(at: datetime, *expanded: str) -> dict[str, Any]:
    wish: dict[str, Any] = {"created": {"gte": int(at.timestamp())}, "limit": PAGE}
    return wish | {"expand": list(expanded)} if expanded else wish


def _signed_at(header: str) -> int:
    return int(next(part[2:] for part in header.split(",") if part.startswith("t=")))


def _event(notice: dict[str, Any]) -> Event:
    about = notice["data"]["object"]
    kind = _KINDS.get(about["object"], "")
    # A charge is spoken of by the payment it belongs to; one without is none of ours.
    ref = about.get("payment_intent") if about["object"] == "charge" else about.get("id")
    return Event(notice["id"], kind if ref else "", ref or "", datetime.fromtimestamp(notice["created"], UTC))
