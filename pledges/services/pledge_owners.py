"""What happens to pledges because of their owners, and by the clock."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from pledges.models import Pledge
from supporters.models import Supporter
from supporters.services.entries import hold_bounced_entries, withdraw_refused_entries
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
    hold_bounced_entries(Pledge, address_key=address_key)


@transaction.atomic
def withdraw_refused_pledges(*, address_key: str, now: datetime) -> None:
    """Take back what waits for an answer from an address whose owner says that it was not them."""
    withdraw_refused_entries(Pledge, address_key=address_key, now=now)


def forget_old_pledges(*, clock: Callable[[], datetime], until: datetime, batch: int = BATCH) -> None:
    """Empty old internet addresses and delete old unconfirmed pledges; stop at `until`, go on next time."""
    now = clock()
    while clock() < until and forget_origins(Pledge, now=now, batch=batch):
        pass
    while clock() < until and delete_unconfirmed(Pledge.objects.all(), now=now, batch=batch):
        pass
