"""Charging saved cards: a row for every try, written before the provider is asked, the same key until it has answered.

A card that is declined is an answer: the next try is another one, later. A provider that does not answer has said nothing:
the same try is asked again under the same key, so that a card which was charged after all is not charged twice.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min, QuerySet, Sum

from coop4canada.kit.jobs import enqueue
from polls.enums import ChargeState, ContributionState
from polls.gateways import FoundPayment, Gateway, GatewayDown, PaymentState, gateway_of
from polls.models import Charge, Contribution, PollProject
from polls.queries.ledger import received_cents
from polls.rules.charging import next_try
from polls.rules.contribution_states import may_move
from polls.rules.pauses import CLOCKS_DIFFER_BY, is_key_old
from polls.services.claiming import claim
from polls.services.gift_mails import mail_card_declined
from polls.services.locking import lock_gift
from polls.services.releasing import release
from polls.services.settling import Facts, alert, apply_facts

__all__ = ["ask_charges", "release", "retry_charges", "send_charges"]

logger = logging.getLogger(__name__)


@transaction.atomic
def ask_charges(*, project: PollProject | None, now: datetime) -> int:
    """Ask for the charge of saved cards, oldest first, while what is here and asked for stays below the goal.

    Args:
        project: whose; None: every promise to the general fund, without limit.
        now: the moment.

    Returns: how many charges were asked for.
    """
    if project is not None:
        project = PollProject.objects.select_for_update(of=("self",), no_key=True).get(pk=project.pk)
    rows = Contribution.objects.filter(project=project, state=ContributionState.SAVED, held_reason="")
    left = _missing(project)
    count = 0
    for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        if left is not None and left <= 0:
            break
        _ask(row, now)
        left = None if left is None else left - row.amount_cents
        count += 1
    return count


def retry_charges(*, now: datetime) -> int:
    """Ask again for charges of declined cards whose pause is over, or that were mended; return how many."""
    due = Contribution.objects.filter(state=ContributionState.FAILING, next_charge_at__lte=now)
    return sum(_asked_again(pk, now) for pk in due.order_by("next_charge_at").values_list("pk", flat=True))


def send_charges(*, now: datetime) -> int:
    """Ask the provider for the charges that wait; return how many were answered."""
    count = 0
    for charge in claim(_waiting(), now=now):
        try:
            found = _sent(charge, now)
        except GatewayDown:
            logger.warning("the provider did not answer; charge %s is asked again", charge.pk)
            break
        except ValueError as refusal:
            # Refused for good is a decline as well: the giver is asked for another card.
            found = _refused(charge, str(refusal))
        count += 1
        _take_answer(charge, found, now)
    return count


def _waiting() -> QuerySet[Charge]:
    return Charge.objects.filter(state=ChargeState.ASKED).select_related("contribution")


def _missing(project: PollProject | None) -> int | None:
    """Return what a project lacks, in cents, charges under way counted as here; None where there is no goal."""
    if project is None:
        return None
    charging = Contribution.objects.filter(project=project, state=ContributionState.CHARGING)
    asked = charging.aggregate(total=Sum("amount_cents"))["total"] or 0
    return project.goal_cents - received_cents(project.pk) - asked


def _ask(row: Contribution, now: datetime) -> None:
    last = row.charges.aggregate(last=Max("attempt"))["last"] or 0
    Charge.objects.create(
        contribution=row,
        attempt=last + 1,
        customer_ref=row.customer_ref,
        method_ref=row.method_ref,
        asked_at=now,
    )
    row.state = ContributionState.CHARGING
    row.next_charge_at = None
    row.save(update_fields=["state", "next_charge_at"])
    enqueue("polls.tasks.send_charges")


@transaction.atomic
def _asked_again(pk: int, now: datetime) -> bool:
    row = lock_gift(pk)
    is_due = row.next_charge_at is not None and row.next_charge_at <= now
    if not is_due or row.state != ContributionState.FAILING or row.held_reason:
        return False
    _ask(row, now)
    return True


def _sent(charge: Charge, now: datetime) -> FoundPayment:
    row = charge.contribution
    gateway = gateway_of(row.provider)
    if charge.payment_ref:
        return gateway.payment(charge.payment_ref)
    if is_key_old(asked_at=charge.asked_at, now=now) and (made := _made_already(charge, gateway)):
        return made
    return gateway.charge(
        contribution=row.public_id,
        customer_ref=charge.customer_ref,
        method_ref=charge.method_ref,
        amount_cents=row.amount_cents,
        key=charge.idempotency_key,
    )


def _made_already(charge: Charge, gateway: Gateway) -> FoundPayment | None:
    """Return the payment of a charge whose answer was lost so long ago that its key protects nobody any more."""
    made = gateway.payments_since(charge.asked_at - CLOCKS_DIFFER_BY)
    ours = (found for found in made if found.contribution == charge.contribution.public_id)
    return next((found for found in ours if found.state is not PaymentState.DECLINED), None)


def _refused(charge: Charge, error: str) -> FoundPayment:
    row = charge.contribution
    return FoundPayment(
        "", PaymentState.DECLINED, row.public_id, row.amount_cents, decline_code=f"refused: {error}"
    )


@transaction.atomic
def _take_answer(charge: Charge, found: FoundPayment, now: datetime) -> None:
    row = lock_gift(charge.contribution_id)
    standing = Charge.objects.select_for_update(of=("self",), no_key=True).get(pk=charge.pk)
    if standing.state != ChargeState.ASKED:
        return
    standing.payment_ref = found.ref
    standing.leased_until = None if found.state is not PaymentState.PENDING else standing.leased_until
    standing.save(update_fields=["payment_ref", "leased_until"])
    if found.state is PaymentState.SUCCEEDED:
        apply_facts(contribution_id=row.pk, facts=Facts(payment=found), now=now)
        _look_at_doubt(standing, now)
    elif found.state is PaymentState.DECLINED:
        _decline(row, standing, found, now)


def _decline(row: Contribution, charge: Charge, found: FoundPayment, now: datetime) -> None:
    charge.state = ChargeState.DECLINED
    charge.decline_code = found.decline_code[:60]
    charge.answered_at = now
    charge.save()
    if not may_move(row.state, ContributionState.FAILING):
        return
    first = row.charges.aggregate(first=Min("asked_at"))["first"]
    row.state = ContributionState.FAILING
    # A card that was mended while this one was being charged is tried at once.
    is_mended = row.method_ref != charge.method_ref
    row.next_charge_at = now if is_mended else next_try(first_asked_at=first, now=now)
    row.save(update_fields=["state", "next_charge_at"])
    charge.contribution = row
    mail_card_declined(charge, is_last=row.next_charge_at is None, now=now)


def _look_at_doubt(charge: Charge, now: datetime) -> None:
    """Tell organizers where the provider charged something else than was asked: nothing was booked then."""
    charge.refresh_from_db()
    if charge.state == ChargeState.ASKED:
        alert(f"charge:{charge.pk}", f"Charge {charge} was not booked: look at the gift.", now=now)
