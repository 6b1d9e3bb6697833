"""From what a provider has to the gift it belongs to: for notices and for reconciliation alike."""

from datetime import datetime
from uuid import UUID

from polls.gateways import (
    FoundDispute,
    FoundPayment,
    FoundRefund,
    FoundSession,
    Gateway,
    PaymentState,
)
from polls.models import Contribution
from polls.services.disputing import take_in_dispute
from polls.services.refunding import take_in_refund
from polls.services.settling import Facts, apply_facts


class Unknown(LookupError):
    """It belongs to no gift that is written down here: not yet, or never. `is_money` says whether money came with it."""

    def __init__(self, what: str, *, is_money: bool) -> None:
        """Remember what it is."""
        super().__init__(what)
        self.is_money = is_money


def take_in(gateway: Gateway, kind: str, ref: str, *, now: datetime) -> None:
    """Look up what a notice speaks of, and take it in; what is none of ours is passed over.

    Raises: Unknown; LookupError where the provider does not know it (yet); GatewayDown.
    """
    match kind:
        case "session":
            take_in_session(gateway, gateway.session(ref), now=now)
        case "payment":
            take_in_payment(gateway, gateway.payment(ref), now=now)
        case "refund":
            take_in_found_refund(gateway, gateway.refund_made(ref), now=now)
        case "dispute":
            take_in_found_dispute(gateway, gateway.dispute(ref), now=now)


def take_in_session(gateway: Gateway, found: FoundSession, *, now: datetime) -> None:
    """Apply a page, and the payment that was made on it."""
    gift = _gift(gateway, found.contribution, f"page {found.ref}", is_money=bool(found.payment_ref))
    payment = gateway.payment(found.payment_ref) if found.payment_ref else None
    apply_facts(contribution_id=gift, facts=Facts(found, payment), now=now)


def take_in_payment(gateway: Gateway, found: FoundPayment, *, now: datetime) -> int:
    """Apply a payment and return the id of its gift."""
    is_money = found.state is PaymentState.SUCCEEDED and found.refunded_cents < found.amount_cents
    gift = _gift(gateway, found.contribution, f"payment {found.ref}", is_money=is_money)
    apply_facts(contribution_id=gift, facts=Facts(payment=found), now=now)
    return gift


def take_in_found_refund(gateway: Gateway, found: FoundRefund, *, now: datetime) -> None:
    """Apply a refund, its payment before it: news come in any order."""
    gift = take_in_payment(gateway, gateway.payment(found.payment_ref), now=now)
    if _is_booked(gift, found.payment_ref):
        take_in_refund(contribution_id=gift, found=found, now=now)


def take_in_found_dispute(gateway: Gateway, found: FoundDispute, *, now: datetime) -> None:
    """Apply a dispute, its payment before it."""
    gift = take_in_payment(gateway, gateway.payment(found.payment_ref), now=now)
    if _is_booked(gift, found.payment_ref):
        take_in_dispute(contribution_id=gift, found=found, now=now)


def _gift(gateway: Gateway, number: UUID | None, what: str, *, is_money: bool) -> int:
    rows = Contribution.objects.filter(provider=gateway.name)
    pk = rows.filter(public_id=number).values_list("pk", flat=True).first() if number else None
    if pk is None:
        raise Unknown(what, is_money=is_money)
    return pk


def _is_booked(gift: int, payment_ref: str) -> bool:
    """Tell whether a payment is booked: of one that is held for a person, nothing else is booked either."""
    return Contribution.objects.filter(pk=gift, payment_ref=payment_ref).exists()
