"""What became of a gift: asked of the provider without a lock, applied under one, never backwards.

Everything here may be called again and again, by the page that a giver comes back to, by notices, by reconciliation.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from campaign.services import alert_organizers
from coop4canada.kit.db import lock_for_transaction
from polls.enums import Account, ChargeState, ContributionState, EntryKind, Provider, RefundReason
from polls.gateways import FoundPayment, FoundSession, Gateway, PaymentState, SessionState, gateway_of
from polls.models import Charge, Contribution, LedgerEntry, SavedCard
from polls.models.contributions import GONE
from polls.queries.limits import gave_too_much
from polls.rules.bookkeeping import Line, place_of, purpose
from polls.rules.contribution_states import may_move
from polls.services.gift_mails import mail_promised, mail_receipt
from polls.services.ledger import Booking, book
from polls.services.locking import lock_gift
from polls.services.refunding import ask_refund
from polls.services.releasing import release

HOME_COUNTRY = "CA"
FOREIGN_CARD = "foreign card"
PREPAID_CARD = "prepaid card"
UNKNOWN_GIVER = "giver no longer known"
OVER_THE_MOST = "more than one person may give"


@dataclass(frozen=True)
class Facts:
    """What the provider says of a gift: its page, and what was paid there."""

    session: FoundSession | None = None
    payment: FoundPayment | None = None


def take_in_gift(*, contribution_id: int, now: datetime) -> Contribution:
    """Ask the provider what became of a gift and apply it.

    Raises: GatewayDown.
    """
    row = Contribution.objects.get(pk=contribution_id)
    if row.provider == Provider.OFFLINE or not (row.session_ref or row.payment_ref):
        return row
    facts = _facts_of(row, gateway_of(row.provider))
    return apply_facts(contribution_id=contribution_id, facts=facts, now=now)


@transaction.atomic
def apply_facts(*, contribution_id: int, facts: Facts, now: datetime) -> Contribution:
    """Apply what was looked up, as far as it is a move forward."""
    row = lock_gift(contribution_id)
    if facts.session is not None:
        _apply_session(row, facts.session, now)
    if facts.payment is not None:
        _apply_payment(row, facts.payment, now)
    row.checked_at = now
    row.save()
    return row


def settle(row: Contribution, *, now: datetime) -> None:
    """Book a gift whose money is here; `row` is locked and is saved by the caller.

    It goes to the project it was given for, whatever became of that meanwhile: from there it follows its giver's wish
    like every other gift of that project.
    """
    row.state = ContributionState.SETTLED
    row.settled_at = now
    row.next_charge_at = None
    # Gapless: one after the other, and a number that was taken in a transaction that fails is taken again.
    lock_for_transaction("polls.receipts")
    row.receipt_number = (Contribution.objects.aggregate(last=Max("receipt_number"))["last"] or 0) + 1
    row.save()
    lines = (Line(place_of(row.provider), row.amount_cents), purpose(row.project_id, -row.amount_cents))
    book(Booking(f"gift:{row.public_id}", EntryKind.GIFT, lines, contribution=row), now=now)
    if gave_too_much(row.person_key, now=now):
        # The money is here: a person looks at it and gives it back in time.
        hold(row, OVER_THE_MOST, now=now)
        row.save(update_fields=["held_reason"])
    mail_receipt(row, now=now)


def hold(row: Contribution, reason: str, *, now: datetime) -> None:
    """Mark a gift for a person to look at, and tell organizers; `row` is saved by the caller."""
    row.held_reason = row.held_reason or reason
    alert(f"held:{row.public_id}", f"A gift is held: {reason} ({row.public_id}).", now=now)


def alert(key: str, message: str, *, now: datetime) -> None:
    """Tell organizers about money, by a key of its own."""
    alert_organizers(key=f"polls.money:{key}"[:80], message=message, now=now)


@transaction.atomic
def end_hold(*, contribution: Contribution) -> None:
    """Note that a person has looked at a gift and lets it pass."""
    row = lock_gift(contribution.pk)
    row.held_reason = ""
    row.save(update_fields=["held_reason"])


def _facts_of(row: Contribution, gateway: Gateway) -> Facts:
    session = _looked_up_session(row, gateway)
    ref = row.payment_ref or (session.payment_ref if session else "")
    return Facts(session, gateway.payment(ref) if ref else None)


def _looked_up_session(row: Contribution, gateway: Gateway) -> FoundSession | None:
    if not row.session_ref:
        return None
    try:
        return gateway.session(row.session_ref)
    except LookupError:
        # Providers forget old pages; what was paid on them is asked for by itself.
        return None


def _apply_session(row: Contribution, found: FoundSession, now: datetime) -> None:
    if found.contribution != row.public_id:
        hold(row, "page of another gift", now=now)
        return
    row.session_ref = row.session_ref or found.ref
    is_last = found.ref == row.session_ref
    if found.state is SessionState.EXPIRED and is_last and may_move(row.state, ContributionState.LAPSED):
        row.state = ContributionState.LAPSED
    if found.state is SessionState.COMPLETE and found.method_ref:
        _save_card(row, found, now)


def _save_card(row: Contribution, found: FoundSession, now: datetime) -> None:
    """Remember a saved card once: the first makes the promise, another mends a declined one and is tried at once.

    A card that is of no use stands in its own row alone, and is forgotten at the provider by a job.
    """
    card, is_new = SavedCard.objects.get_or_create(
        contribution=row,
        method_ref=found.method_ref,
        defaults={"customer_ref": found.customer_ref, "saved_at": now},
    )
    is_first = may_move(row.state, ContributionState.SAVED)
    if not is_new or not (is_first or (row.state == ContributionState.FAILING and not found.is_prepaid)):
        return
    row.customer_ref, row.method_ref = card.customer_ref, card.method_ref
    row.card_country = found.card_country
    if not is_first:
        row.next_charge_at = now
        return
    row.state = ContributionState.SAVED
    row.save()
    if found.is_prepaid:
        row.held_reason = PREPAID_CARD
        row.save()
        release(contribution=row, now=now, reason=RefundReason.NOT_ALLOWED)
        row.refresh_from_db()
    else:
        mail_promised(row, now=now)
        _look_at_country(row, now)


def _apply_payment(row: Contribution, found: FoundPayment, now: datetime) -> None:
    if found.state is not PaymentState.SUCCEEDED:
        return
    if row.payment_ref == found.ref:
        _book_fee(row, found, now)
        return
    doubt = _doubt_about(row, found)
    if doubt:
        # Once a person has given it back at the provider, nothing is left to look at.
        if found.refunded_cents < found.amount_cents:
            hold(row, doubt, now=now)
        return
    row.payment_ref = found.ref
    row.card_country = found.card_country or row.card_country
    open_charges = Charge.objects.filter(contribution=row, state=ChargeState.ASKED)
    open_charges.update(state=ChargeState.SUCCEEDED, payment_ref=found.ref, answered_at=now)
    settle(row, now=now)
    _book_fee(row, found, now)
    if found.is_prepaid:
        row.held_reason = PREPAID_CARD
        row.save()
        ask_refund(contribution=row, amount_cents=None, reason=RefundReason.NOT_ALLOWED, by=None, now=now)
    elif row.street == GONE:
        hold(row, UNKNOWN_GIVER, now=now)
    else:
        _look_at_country(row, now)


def _doubt_about(row: Contribution, found: FoundPayment) -> str:
    """Return why a payment is not booked; empty where it is."""
    if found.contribution != row.public_id:
        return "payment of another gift"
    if found.amount_cents != row.amount_cents:
        return "another amount was paid"
    if row.payment_ref or not may_move(row.state, ContributionState.SETTLED):
        return "paid once more"
    return ""


def _look_at_country(row: Contribution, now: datetime) -> None:
    """Hold what came by a card of another country: citizens abroad may give, others may not."""
    if row.card_country not in {"", HOME_COUNTRY}:
        hold(row, FOREIGN_CARD, now=now)


def _book_fee(row: Contribution, found: FoundPayment, now: datetime) -> None:
    key = f"fee:{row.public_id}"
    if not found.fee_cents or LedgerEntry.objects.filter(key=key).exists():
        return
    lines = (Line(Account.FEES, found.fee_cents), Line(place_of(row.provider), -found.fee_cents))
    book(Booking(key, EntryKind.FEE, lines, contribution=row), now=now)
