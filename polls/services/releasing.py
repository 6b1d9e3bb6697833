"""Letting saved cards go: never charged, and forgotten at the provider."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coop4canada.kit.jobs import enqueue
from polls.enums import ChargeState, ContributionState, RefundReason
from polls.gateways import GatewayDown, gateway_of
from polls.models import Charge, Contribution, SavedCard
from polls.rules.contribution_states import may_move
from polls.services.gift_mails import mail_released
from polls.services.locking import lock_gift

logger = logging.getLogger(__name__)

# A card is needed while it may still be charged.
NEEDS_CARD = (
    ContributionState.STARTED,
    ContributionState.SAVED,
    ContributionState.CHARGING,
    ContributionState.FAILING,
)
AT_ONCE = 100


@transaction.atomic
def release(
    *, contribution: Contribution, now: datetime, reason: RefundReason = RefundReason.NOT_NEEDED
) -> None:
    """Let a promise go whose card was not charged, and mail why; any other gift stays as it is."""
    row = lock_gift(contribution.pk)
    if not may_move(row.state, ContributionState.RELEASED):
        return
    row.state = ContributionState.RELEASED
    row.next_charge_at = None
    row.save()
    mail_released(row, reason=reason, now=now)
    enqueue("polls.tasks.forget_cards")


def forget_cards(*, now: datetime) -> int:
    """Have the provider forget cards that are of no use any more; return how many. Asked twice it is done once."""
    count = 0
    for card in _unneeded()[:AT_ONCE]:
        try:
            gateway = gateway_of(card.contribution.provider)
            gateway.release(customer_ref=card.customer_ref, method_ref=card.method_ref)
        except GatewayDown:
            logger.warning("the provider did not answer; saved card %s is forgotten later", card.pk)
            break
        except LookupError:
            logger.warning("the provider knows saved card %s no more", card.pk)
        _note_forgotten(card, now)
        count += 1
    return count


@transaction.atomic
def _note_forgotten(card: SavedCard, now: datetime) -> None:
    SavedCard.objects.filter(pk=card.pk).update(forgotten_at=now)
    in_use = Contribution.objects.filter(pk=card.contribution_id, method_ref=card.method_ref)
    in_use.update(customer_ref="", method_ref="")


def _unneeded() -> QuerySet[SavedCard]:
    """Return cards of gifts that are charged or over, and those that another has replaced; never one just being charged."""
    kept = SavedCard.objects.filter(forgotten_at__isnull=True)
    in_use = Q(contribution__state__in=NEEDS_CARD, method_ref=F("contribution__method_ref"))
    asked = Charge.objects.filter(
        contribution=OuterRef("contribution"), method_ref=OuterRef("method_ref"), state=ChargeState.ASKED
    )
    rows = kept.exclude(in_use).exclude(Exists(asked))
    return rows.select_related("contribution").order_by("pk")
