"""Comparing our gifts with what the provider has, and mending what is missing through the same services as always.

This is what heals an outage of notices: nothing of it needs any.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from polls.enums import ContributionState, Provider, RefundState
from polls.gateways import (
    FoundDispute,
    FoundPayment,
    FoundRefund,
    FoundSession,
    Gateway,
    PaymentState,
    gateway_of,
)
from polls.models import Contribution, Refund
from polls.services.charging import send_charges
from polls.services.locking import lock_gift
from polls.services.refunding import send_refunds
from polls.services.settling import alert, take_in_gift
from polls.services.taking_in import (
    Unknown,
    take_in_found_dispute,
    take_in_found_refund,
    take_in_payment,
    take_in_session,
)

# Pages of providers are open for a day; whoever has not paid by then does not.
# Source: docs.stripe.com/api/checkout/sessions, `expires_at`, read 2026-11.
STARTED_FOR = timedelta(hours=25)

Found = TypeVar("Found", FoundSession, FoundPayment, FoundRefund, FoundDispute)


@dataclass(frozen=True)
class Comparison:
    """What a comparison found: how much it looked at, how many gaps it mended, and what a person must look at."""

    looked_at: int
    mended: int
    differences: tuple[str, ...]


def reconcile_gifts(*, since: datetime, now: datetime) -> Comparison:
    """Compare everything since a moment with every provider, mend, and alert organizers to what cannot be mended.

    Raises: GatewayDown; what was mended until then stays mended.
    """
    before = _unsettled(since)
    looked_at, differences = 0, []
    for name in _providers():
        count, found = _compare(gateway_of(name), since, now)
        looked_at += count
        differences += found
    _lapse(now)
    send_charges(now=now)
    send_refunds(now=now)
    if differences:
        alert(f"difference:{now:%Y-%m-%d}", "Gifts and provider differ: " + "; ".join(differences), now=now)
    return Comparison(looked_at, len(before - _unsettled(since)), tuple(differences))


def _providers() -> list[str]:
    names = Contribution.objects.exclude(provider=Provider.OFFLINE).order_by("provider")
    return list(names.values_list("provider", flat=True).distinct())


def _unsettled(since: datetime) -> set[int]:
    states = [ContributionState.STARTED, ContributionState.CHARGING, ContributionState.LAPSED]
    rows = Contribution.objects.filter(state__in=states, created_at__gte=since)
    return set(rows.values_list("pk", flat=True))


def _compare(gateway: Gateway, since: datetime, now: datetime) -> tuple[int, list[str]]:
    payments = list(gateway.payments_since(since))
    refunds = list(gateway.refunds_since(since))
    sessions, disputes = list(gateway.sessions_since(since)), list(gateway.disputes_since(since))
    # What was paid on a page is among the payments: only pages whose payment is not booked can say something new.
    booked = _booked(payments)
    news = [found for found in sessions if found.payment_ref not in booked]
    unknown = [
        *_each(news, lambda found: take_in_session(gateway, found, now=now)),
        *_each(payments, lambda found: take_in_payment(gateway, found, now=now)),
        *_each(refunds, lambda found: take_in_found_refund(gateway, found, now=now)),
        *_each(disputes, lambda found: take_in_found_dispute(gateway, found, now=now)),
    ]
    differences = [*unknown, *_unbooked(payments), *_vanished(gateway, payments, since)]
    return len(payments) + len(refunds) + len(sessions) + len(disputes), sorted(set(differences))


def _booked(payments: Iterable[FoundPayment]) -> set[str]:
    refs = [found.ref for found in payments]
    return set(Contribution.objects.filter(payment_ref__in=refs).values_list("payment_ref", flat=True))


def _each(rows: Iterable[Found], take: Callable[[Found], object]) -> list[str]:
    """Take each in; return what money is not ours."""
    unknown = []
    for found in rows:
        try:
            take(found)
        except Unknown as error:
            if error.is_money:
                unknown.append(f"{error} belongs to no gift")
    return unknown


def _unbooked(payments: Iterable[FoundPayment]) -> list[str]:
    """Return the payments of gifts of ours that are not booked for them, or of which more went back than we know."""
    paid = {found.ref: found for found in payments if found.state is PaymentState.SUCCEEDED}
    booked = Contribution.objects.filter(payment_ref__in=paid).prefetch_related("refunds")
    known = {row.payment_ref: row for row in booked}
    numbers = [found.contribution for found in paid.values() if found.contribution]
    ours = set(Contribution.objects.filter(public_id__in=numbers).values_list("public_id", flat=True))
    missing = [
        ref
        for ref, found in paid.items()
        if ref not in known and found.contribution in ours and found.refunded_cents < found.amount_cents
    ]
    returned = [ref for ref, row in known.items() if paid[ref].refunded_cents > _given_back(row)]
    return [
        *(f"payment {ref} is not booked" for ref in missing),
        *(f"of payment {ref} more was given back than is written down" for ref in returned),
    ]


def _given_back(row: Contribution) -> int:
    states = {RefundState.ASKED, RefundState.SUCCEEDED}
    return sum(refund.amount_cents for refund in row.refunds.all() if refund.state in states)


def _vanished(gateway: Gateway, payments: Iterable[FoundPayment], since: datetime) -> list[str]:
    """Return what we booked and the provider does not know."""
    listed = [found.ref for found in payments]
    rows = Contribution.objects.filter(provider=gateway.name, settled_at__gte=since)
    refs = rows.exclude(payment_ref="").exclude(payment_ref__in=listed).values_list("payment_ref", flat=True)
    made = Refund.objects.filter(contribution__provider=gateway.name, done_at__gte=since)
    refund_refs = made.filter(state=RefundState.SUCCEEDED).values_list("provider_ref", flat=True)
    return [
        *(
            f"payment {ref} is booked, the provider has none"
            for ref in refs
            if _is_gone(gateway.payment, ref)
        ),
        *(
            f"refund {ref} is booked, the provider has none"
            for ref in refund_refs
            if _is_gone(gateway.refund_made, ref)
        ),
    ]


def _is_gone(look_up: Callable[[str], object], ref: str) -> bool:
    try:
        look_up(ref)
    except LookupError:
        return True
    return False


def _lapse(now: datetime) -> None:
    """Give up gifts that were begun and never paid; who pays all the same has given all the same."""
    old = Contribution.objects.filter(
        state=ContributionState.STARTED, created_at__lt=now - STARTED_FOR
    ).exclude(provider=Provider.OFFLINE)
    for pk in list(old.order_by("pk").values_list("pk", flat=True)):
        take_in_gift(contribution_id=pk, now=now)
        _give_up(pk)


@transaction.atomic
def _give_up(pk: int) -> None:
    row = lock_gift(pk)
    if row.state == ContributionState.STARTED:
        row.state = ContributionState.LAPSED
        row.save(update_fields=["state"])
