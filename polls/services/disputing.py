"""Disputes: the card's bank takes a gift back until it is settled who is right. The ledger follows the bank."""

from datetime import datetime

from django.db import transaction

from campaign.services import alert_organizers
from polls.enums import Account, ContributionState, DisputeState, EntryKind
from polls.gateways import FoundDispute
from polls.models import Contribution, Dispute
from polls.queries.ledger import places_of_gift
from polls.rules.bookkeeping import Line, drawn_from, place_of
from polls.services.ledger import Booking, book
from polls.services.locking import lock_gift
from polls.services.refunding import end_in_state


@transaction.atomic
def take_in_dispute(*, contribution_id: int, found: FoundDispute, now: datetime) -> None:
    """Apply what the provider says of a dispute; the gift itself must have been taken in before."""
    row = lock_gift(contribution_id)
    dispute = Dispute.objects.filter(provider_ref=found.ref).first() or _opened(row, found, now)
    if dispute.state == DisputeState.OPEN and found.is_won is not None:
        _closed(row, dispute, is_won=found.is_won, now=now)


def _opened(row: Contribution, found: FoundDispute, now: datetime) -> Dispute:
    dispute = Dispute.objects.create(
        contribution=row, provider_ref=found.ref, amount_cents=found.amount_cents, opened_at=now
    )
    lines = (Line(Account.DISPUTED, found.amount_cents), Line(place_of(row.provider), -found.amount_cents))
    _book(row, dispute, EntryKind.DISPUTE_OPENED, lines, now)
    end_in_state(row, ContributionState.DISPUTED)
    message = f"The card’s bank disputes gift {row.public_id}: answer at the provider."
    alert_organizers(key=f"polls.money:dispute:{dispute.pk}", message=message, now=now)
    return dispute


def _closed(row: Contribution, dispute: Dispute, *, is_won: bool, now: datetime) -> None:
    withheld = Line(Account.DISPUTED, -dispute.amount_cents)
    if is_won:
        lines: tuple[Line, ...] = (withheld, Line(place_of(row.provider), dispute.amount_cents))
        kind, dispute.state = EntryKind.DISPUTE_WON, DisputeState.WON
    else:
        lines = (withheld, *drawn_from(places_of_gift(row.pk), dispute.amount_cents))
        kind, dispute.state = EntryKind.DISPUTE_LOST, DisputeState.LOST
    dispute.closed_at = now
    dispute.save()
    _book(row, dispute, kind, lines, now)
    if not row.disputes.filter(state=DisputeState.OPEN).exists():
        is_lost = row.disputes.filter(state=DisputeState.LOST).exists()
        end_in_state(row, ContributionState.CHARGED_BACK if is_lost else ContributionState.SETTLED)


def _book(
    row: Contribution, dispute: Dispute, kind: EntryKind, lines: tuple[Line, ...], now: datetime
) -> None:
    book(Booking(f"{kind}:{dispute.pk}", kind, lines, contribution=row), now=now)
