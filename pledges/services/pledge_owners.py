"""What happens to pledges because of their owners, and by the clock."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Trim

from pledges.models import Pledge
from supporters.enums import EntryState, Suspicion
from supporters.models import Supporter
from supporters.services.forgetting_entries import delete_unconfirmed, forget_origins

BATCH = 5000


@transaction.atomic
def forget_pledger(*, supporter: Supporter) -> None:
    """Take a person out of their pledge; riding, dates and state stay, so that counts hold."""
    Pledge.objects.filter(supporter=supporter).update(
        supporter=None, postal_code="", origin="", email_domain="", preference=None
    )


@transaction.atomic
def hold_bounced_pledges(*, address_key: str, now: datetime) -> None:  # noqa: ARG001 — as listeners are called
    """Hold what waits for an answer from an address that does not exist."""
    _waiting(address_key).update(
        state=EntryState.HELD,
        suspicion=Trim(Concat(F("suspicion"), Value(f" {Suspicion.BOUNCED.value}"))),
    )


@transaction.atomic
def withdraw_refused_pledges(*, address_key: str, now: datetime) -> None:
    """Take back what waits for an answer from an address whose owner says that it was not them."""
    _waiting(address_key).update(state=EntryState.WITHDRAWN, withdrawn_at=now)


def forget_old_pledges(*, clock: Callable[[], datetime], until: datetime, batch: int = BATCH) -> None:
    """Empty old internet addresses and delete old unconfirmed pledges; stop at `until`, go on next time."""
    now = clock()
    while clock() < until and forget_origins(Pledge, now=now, batch=batch):
        pass
    while clock() < until and delete_unconfirmed(Pledge.objects.all(), now=now, batch=batch):
        pass


def _waiting(address_key: str) -> QuerySet[Pledge]:
    return Pledge.objects.filter(supporter__email_key=address_key, state=EntryState.PENDING)
