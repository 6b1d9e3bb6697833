"""Stripe's objects in the port's words. They are no dictionaries: absent fields are looked for with `in`."""

import logging
from typing import Any
from uuid import UUID

import stripe

from polls.gateways.port import (
    FoundDispute,
    FoundPayment,
    FoundRefund,
    FoundSession,
    PaymentState,
    SessionState,
)

logger = logging.getLogger(__name__)

# Banks ask before they take money back; nothing was withdrawn.
INQUIRIES = {"warning_needs_response", "warning_under_review", "warning_closed", "prevented"}

_REFUND_STATES = {
    "succeeded": PaymentState.SUCCEEDED,
    "failed": PaymentState.DECLINED,
    "canceled": PaymentState.DECLINED,
}
_DECISIONS = {"won": True, "lost": False}


def found_session(session: Any) -> FoundSession:  # noqa: ANN401 — typed by the library for its newest version only
    """Read a Checkout session whose payment or setup intent is expanded."""
    state = SessionState(session["status"])
    if state is not SessionState.COMPLETE:
        return FoundSession(session["id"], state, _contribution(session))
    payment, setup = _part(session, "payment_intent"), _part(session, "setup_intent")
    method = _part(setup, "payment_method")
    card = _card_of_charge(_part(payment, "latest_charge")) or _part(method, "card")
    return FoundSession(
        session["id"],
        state,
        _contribution(session),
        payment_ref=_text(payment, "id"),
        customer_ref=_text(session, "customer"),
        method_ref=_text(method, "id"),
        card_country=_text(card, "country"),
        is_prepaid=_text(card, "funding") == "prepaid",
    )


def found_payment(intent: Any) -> FoundPayment:  # noqa: ANN401
    """Read a payment intent whose last charge and its balance transaction are expanded."""
    charge = _part(intent, "latest_charge")
    card = _card_of_charge(charge)
    return FoundPayment(
        intent["id"],
        _payment_state(intent),
        _contribution(intent),
        intent["amount"],
        refunded_cents=(_field(charge, "amount_refunded") or 0),
        fee_cents=_fee(charge),
        decline_code=_decline_code(_part(intent, "last_payment_error")),
        card_country=_text(card, "country"),
        is_prepaid=_text(card, "funding") == "prepaid",
    )


def declined_charge(refusal: stripe.CardError, *, contribution: UUID, amount_cents: int) -> FoundPayment:
    """Read the refusal of a charge; it names the payment that came of the try."""
    error = refusal.error
    return FoundPayment(
        _text(_part(error, "payment_intent"), "id"),
        PaymentState.DECLINED,
        contribution,
        amount_cents,
        decline_code=_decline_code(error),
    )


def found_refund(refund: Any) -> FoundRefund:  # noqa: ANN401
    """Read a refund."""
    payment = _field(refund, "payment_intent")
    return FoundRefund(
        refund["id"],
        payment or "",
        refund["amount"],
        _REFUND_STATES.get(refund["status"], PaymentState.PENDING),
        _text(_part(refund, "metadata"), "key"),
    )


def found_dispute(dispute: Any) -> FoundDispute:  # noqa: ANN401
    """Read a dispute."""
    return FoundDispute(
        dispute["id"],
        _text(dispute, "payment_intent"),
        dispute["amount"],
        _DECISIONS.get(dispute["status"]),
    )


def _payment_state(intent: Any) -> PaymentState:  # noqa: ANN401
    if intent["status"] == "succeeded":
        return PaymentState.SUCCEEDED
    is_refused = (
        intent["status"] == "requires_payment_method" and _part(intent, "last_payment_error") is not None
    )
    return PaymentState.DECLINED if is_refused or intent["status"] == "canceled" else PaymentState.PENDING


def _fee(charge: Any) -> int:  # noqa: ANN401
    transaction = _part(charge, "balance_transaction")
    if transaction is None:
        return 0
    if _text(transaction, "currency") != "cad":
        logger.error("The fee of %s is not in Canadian dollars: let Stripe pay out in CAD.", charge["id"])
        return 0
    return int(_field(transaction, "fee") or 0)


def _contribution(thing: Any) -> UUID | None:  # noqa: ANN401
    written = _text(_part(thing, "metadata"), "contribution")
    try:
        return UUID(written)
    except ValueError:
        # Other takings of the same account.
        return None


def _decline_code(error: Any) -> str:  # noqa: ANN401
    return _text(error, "decline_code") or _text(error, "code")


def _card_of_charge(charge: Any) -> Any:  # noqa: ANN401
    return _part(_part(charge, "payment_method_details"), "card")


def _field(thing: Any, name: str) -> Any:  # noqa: ANN401
    return thing[name] if thing is not None and name in thing else None


def _part(thing: Any, name: str) -> Any:  # noqa: ANN401
    """Return an object within another; None where it is missing or only named by its reference."""
    part = _field(thing, name)
    return None if isinstance(part, str) else part


def _text(thing: Any, name: str) -> str:  # noqa: ANN401
    text = _field(thing, name)
    return text if isinstance(text, str) else ""
