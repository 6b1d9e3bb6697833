"""Addresses that get no mail any more."""

from datetime import datetime

from django.db import transaction

from coop4canada.kit.panels import functions_of
from coop4canada.kit.signing import keyed_hash
from supporters.enums import Method, Purpose, SuppressionReason
from supporters.models import MailSuppression, Supporter
from supporters.services.consent import Circumstances, withdraw_consents
from supporters.services.people import lock_address

# A weightier reason takes the place of a lighter one; `erased` is lifted when the person comes back by themselves.
WEIGHT = {
    SuppressionReason.ERASED: 0,
    SuppressionReason.BOUNCED: 1,
    SuppressionReason.REFUSED: 2,
    SuppressionReason.COMPLAINED: 3,
}


@transaction.atomic
def suppress_address(*, address_hash: str, reason: str, now: datetime) -> None:
    """Send nothing more to an address, known by its keyed hash; the weightiest reason stays."""
    MailSuppression.objects.bulk_create(
        [MailSuppression(address_hash=address_hash, reason=reason, created_at=now)], ignore_conflicts=True
    )
    lighter = [other for other, weight in WEIGHT.items() if weight < WEIGHT[SuppressionReason(reason)]]
    rows = MailSuppression.objects.filter(address_hash=address_hash)
    rows.filter(reason__in=lighter).update(reason=reason, created_at=now)
    if reason == SuppressionReason.ERASED:
        # Erased again: what was queued between the two is not sent either.
        rows.filter(reason=reason, created_at__lt=now).update(created_at=now)


@transaction.atomic
def note_bounce(*, address_key: str, now: datetime) -> None:
    """Stop mailing an address that does not exist; apps above hold what waits for it."""
    lock_address(address_key=address_key)
    suppress_address(address_hash=keyed_hash(address_key), reason=SuppressionReason.BOUNCED, now=now)
    for listener in functions_of("bounce_listeners"):
        listener(address_key=address_key, now=now)


@transaction.atomic
def note_complaint(*, address_key: str, now: datetime) -> None:
    """Stop mailing an address that called our mail spam, and end every consent of its people."""
    lock_address(address_key=address_key)
    suppress_address(address_hash=keyed_hash(address_key), reason=SuppressionReason.COMPLAINED, now=now)
    withdraw_everything(address_key=address_key, circumstances=Circumstances("", Method.PROVIDER), now=now)


@transaction.atomic
def refuse_all_mail(*, address_key: str, circumstances: Circumstances, now: datetime) -> None:
    """Do as the owner of an address says: “this was not me, never mail me”; apps above take back what waits for it."""
    lock_address(address_key=address_key)
    suppress_address(address_hash=keyed_hash(address_key), reason=SuppressionReason.REFUSED, now=now)
    withdraw_everything(address_key=address_key, circumstances=circumstances, now=now)
    for listener in functions_of("refusal_listeners"):
        listener(address_key=address_key, now=now)


def withdraw_everything(*, address_key: str, circumstances: Circumstances, now: datetime) -> None:
    """End every consent of everybody at an address."""
    for supporter in Supporter.objects.filter(email_key=address_key).order_by("pk"):
        withdraw_consents(supporter=supporter, purposes=Purpose.values, circumstances=circumstances, now=now)
