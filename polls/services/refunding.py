"""Giving money back: a row first, one at a time for a gift, never more than is left; a job has it sent.

A provider that does not answer is asked again under the same key. A refund that comes back later is booked back.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from campaign.services import alert_organizers
from coop4canada.kit.jobs import enqueue
from polls.enums import Account, ContributionState, EntryKind, Provider, RefundReason, RefundState
from polls.gateways import FoundRefund, Gateway, GatewayDown, PaymentState, gateway_of
from polls.models import Contribution, LedgerLine, Refund
from polls.queries.ledger import places_of_gift
from polls.rules.bookkeeping import Line, drawn_from, place_of
from polls.rules.contribution_states import may_move
from polls.rules.pauses import CLOCKS_DIFFER_BY, is_key_old
from polls.services.claiming import claim
from polls.services.gift_mails import mail_refunded
from polls.services.ledger import Booking, book
from polls.services.locking import lock_gift
from supporters.models import User

logger = logging.getLogger(__name__)


class NotRefundable(ValueError):
    """Nothing of this gift can be given back now; the message says why, for organizers."""


@transaction.atomic
def ask_refund(
    *, contribution: Contribution, amount_cents: int | None, reason: str, by: User | None, now: datetime
) -> Refund:
    """Ask for a refund of a gift; `amount_cents` None is all that is left.

    Raises: NotRefundable.
    """
    row = lock_gift(contribution.pk)
    left = left_to_refund(row)
    amount = left if amount_cents is None else amount_cents
    problem = _problem(row, amount, left)
    if problem:
        raise NotRefundable(problem)
    refund = _new(row, amount_cents=amount, reason=reason, asked_by=by, asked_at=now)
    if row.provider != Provider.OFFLINE:
        enqueue("polls.tasks.send_refunds")
    return refund


@transaction.atomic
def confirm_sent(*, refund: Refund, by: User, now: datetime) -> None:
    """Note that a person has sent a cheque or transfer back; said twice it is noted once."""
    row = lock_gift(refund.contribution_id)
    standing = row.refunds.get(pk=refund.pk)
    if row.provider != Provider.OFFLINE:
        raise NotRefundable(_("The provider itself sends this refund."))
    if standing.state == RefundState.ASKED:
        standing.confirmed_by = by
        _succeed(row, standing, now)


def send_refunds(*, now: datetime) -> int:
    """Have the provider send the refunds that wait; return how many it answered."""
    waiting = Refund.objects.filter(state=RefundState.ASKED).exclude(contribution__provider=Provider.OFFLINE)
    count = 0
    for refund in claim(waiting.select_related("contribution"), now=now):
        try:
            found = _sent(refund, now)
        except GatewayDown:
            logger.warning("the provider did not answer; refund %s is asked again", refund.pk)
            break
        except ValueError as refusal:
            _refuse(refund, str(refusal), now)
        else:
            take_in_refund(contribution_id=refund.contribution_id, found=found, now=now)
        count += 1
    return count


@transaction.atomic
def take_in_refund(*, contribution_id: int, found: FoundRefund, now: datetime) -> None:
    """Apply what the provider says of a refund, one made by hand at the provider too: the money has left either way."""
    row = lock_gift(contribution_id)
    refund = _known(row, found) or _made_elsewhere(row, found, now)
    if found.amount_cents != refund.amount_cents:
        _alert(refund, f"the provider sent {found.amount_cents} cents instead of {refund.amount_cents}", now)
        return
    # A refusal has no reference of the provider: what it says later is news. A refund that came back stays so.
    is_open = refund.state == RefundState.ASKED or not refund.provider_ref
    if refund.provider_ref != found.ref:
        refund.provider_ref = found.ref
        refund.save(update_fields=["provider_ref"])
    if found.state is PaymentState.SUCCEEDED and is_open:
        _succeed(row, refund, now)
    elif found.state is PaymentState.DECLINED:
        _come_back(row, refund, now)


def left_to_refund(row: Contribution) -> int:
    """Return the cents of a gift that were not given back, in the caller's transaction."""
    sent = row.refunds.filter(state=RefundState.SUCCEEDED).aggregate(total=Sum("amount_cents"))["total"] or 0
    return row.amount_cents - sent


def end_in_state(row: Contribution, state: ContributionState) -> None:
    """Move a locked gift on, if it may; one of which nothing is left ends as refunded."""
    if may_move(row.state, state):
        row.state = state
    if left_to_refund(row) == 0 and may_move(row.state, ContributionState.REFUNDED):
        row.state = ContributionState.REFUNDED
    row.save(update_fields=["state"])


def _problem(row: Contribution, amount: int, left: int) -> object:
    if row.state == ContributionState.DISPUTED:
        return _("The card’s bank is looking at this gift: it cannot be given back now.")
    if row.state != ContributionState.SETTLED:
        return _("There is nothing of this gift to give back.")
    if row.refunds.filter(state=RefundState.ASKED).exists():
        return _("A refund of this gift is under way already.")
    if not 0 < amount <= left:
        return _("That is more than is left of this gift, or nothing.")
    return ""


def _new(row: Contribution, **fields: object) -> Refund:
    last = row.refunds.aggregate(last=Max("number"))["last"] or 0
    return Refund.objects.create(contribution=row, number=last + 1, **fields)


def _sent(refund: Refund, now: datetime) -> FoundRefund:
    row = refund.contribution
    gateway = gateway_of(row.provider)
    if refund.provider_ref:
        return gateway.refund_made(refund.provider_ref)
    if is_key_old(asked_at=refund.asked_at, now=now) and (made := _made_already(refund, gateway)):
        return made
    return gateway.refund(
        payment_ref=row.payment_ref, amount_cents=refund.amount_cents, key=refund.idempotency_key
    )


def _made_already(refund: Refund, gateway: Gateway) -> FoundRefund | None:
    """Return a refund whose answer was lost so long ago that its key protects nobody any more."""
    made = gateway.refunds_since(refund.asked_at - CLOCKS_DIFFER_BY)
    return next((found for found in made if found.key == refund.idempotency_key), None)


def _known(row: Contribution, found: FoundRefund) -> Refund | None:
    """Return our row of a refund: by the provider's reference, else, where its answer was lost, by our key."""
    refunds = list(row.refunds.order_by("number"))
    by_ref = [refund for refund in refunds if refund.provider_ref == found.ref]
    by_key = [refund for refund in refunds if found.key and refund.idempotency_key == found.key]
    return next(iter(by_ref or by_key), None)


def _made_elsewhere(row: Contribution, found: FoundRefund, now: datetime) -> Refund:
    refund = _new(
        row,
        amount_cents=found.amount_cents,
        reason=RefundReason.REQUEST,
        provider_ref=found.ref,
        is_made_elsewhere=True,
        asked_at=now,
    )
    _alert(refund, "was made at the provider, not here", now)
    return refund


def _succeed(row: Contribution, refund: Refund, now: datetime) -> None:
    refund.state = RefundState.SUCCEEDED
    refund.done_at = now
    refund.leased_until = None
    refund.save()
    lines = (
        *drawn_from(places_of_gift(row.pk), refund.amount_cents),
        Line(place_of(row.provider), -refund.amount_cents),
    )
    booking = Booking(
        f"refund:{refund.pk}", EntryKind.REFUND, lines, contribution=row, by=refund.confirmed_by
    )
    book(booking, now=now)
    end_in_state(row, ContributionState(row.state))
    refund.contribution = row
    mail_refunded(refund, now=now)


def _come_back(row: Contribution, refund: Refund, now: datetime) -> None:
    """Note that a refund did not arrive; where it had been booked, its money is here again."""
    if refund.state == RefundState.FAILED:
        return
    if refund.state == RefundState.SUCCEEDED:
        lines = _reversed(LedgerLine.objects.filter(entry__key=f"refund:{refund.pk}"))
        key = f"refund_failed:{refund.pk}"
        book(Booking(key, EntryKind.REFUND_FAILED, lines, contribution=row), now=now)
    refund.state = RefundState.FAILED
    refund.done_at = now
    refund.error = refund.error or "came back"
    refund.save()
    if row.state == ContributionState.REFUNDED:
        end_in_state(row, ContributionState.SETTLED)
    _alert(refund, "came back", now)


def _reversed(lines: Iterable[LedgerLine]) -> list[Line]:
    return [Line(Account(line.account), -line.amount_cents, line.project_id) for line in lines]


@transaction.atomic
def _refuse(refund: Refund, error: str, now: datetime) -> None:
    lock_gift(refund.contribution_id)
    still = Refund.objects.filter(pk=refund.pk, state=RefundState.ASKED)
    if still.update(state=RefundState.FAILED, error=error[:300], done_at=now):
        _alert(refund, f"was refused: {error}", now)


def _alert(refund: Refund, message: str, now: datetime) -> None:
    row = refund.contribution
    alert_organizers(
        key=f"polls.money:refund:{refund.pk}", message=f"Refund of gift {row.public_id} {message}.", now=now
    )
