"""Cheques and transfers: one person enters what came, another confirms it; only then it is money in the ledger."""

from datetime import date, datetime

from django.db import transaction

from polls.enums import ContributionState, Provider
from polls.models import Contribution
from polls.services.giving import Gift, draft_gift
from polls.services.locking import lock_gift
from polls.services.settling import settle
from supporters.models import User


class SamePerson(ValueError):
    """Somebody else must confirm what one person entered."""


class AlreadyEntered(ValueError):
    """This cheque or transfer of this person is entered already."""


class NotWaiting(ValueError):
    """The gift is confirmed or rejected already, or came by card."""


@transaction.atomic
def enter_gift(
    *, gift: Gift, method: str, reference: str, received_on: date, by: User, now: datetime
) -> Contribution:
    """Write down a cheque or transfer that came; it counts once somebody else has confirmed it.

    Raises: AlreadyEntered.
    """
    row = draft_gift(
        gift=gift,
        provider=Provider.OFFLINE,
        now=now,
        offline_method=method,
        offline_reference=reference,
        received_on=received_on,
        entered_by=by,
    )
    # Two forms at once: the second waits for the first and then is not written.
    Contribution.objects.bulk_create([row], ignore_conflicts=True)
    written = Contribution.objects.filter(public_id=row.public_id).first()
    if written is None:
        raise AlreadyEntered
    return written


@transaction.atomic
def confirm_gift(*, contribution: Contribution, by: User, now: datetime) -> None:
    """Confirm what somebody else entered, and book it; of two who confirm at once the first one counts.

    Raises: SamePerson, NotWaiting.
    """
    row = lock_gift(contribution.pk)
    if row.provider != Provider.OFFLINE or row.state == ContributionState.LAPSED:
        raise NotWaiting
    if row.entered_by_id == by.pk:
        raise SamePerson
    if row.state == ContributionState.STARTED:
        row.confirmed_by = by
        settle(row, now=now)


@transaction.atomic
def reject_gift(*, contribution: Contribution, by: User, reason: str, now: datetime) -> None:
    """Note that what was entered is no gift, and why; it may be entered anew.

    Raises: NotWaiting.
    """
    row = lock_gift(contribution.pk)
    if row.provider != Provider.OFFLINE or row.state != ContributionState.STARTED:
        raise NotWaiting
    row.state = ContributionState.LAPSED
    row.held_reason = reason[:80]
    row.rejected_by = by
    row.checked_at = now
    row.save(update_fields=["state", "held_reason", "rejected_by", "checked_at"])
