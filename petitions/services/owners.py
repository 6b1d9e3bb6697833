"""What happens to signatures because of their owners: what they show, that they go, that mail does not reach them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Trim

from petitions.models import Signature
from supporters.enums import EntryState, Suspicion
from supporters.models import Supporter


@transaction.atomic
def show_name(*, signature_id: int, is_public: bool) -> None:
    """Show the owner's first name and riding beside the petition, or show them no more."""
    Signature.objects.filter(pk=signature_id, supporter__isnull=False).update(is_public=is_public)


@transaction.atomic
def forget_person(*, supporter: Supporter) -> None:
    """Take a person out of what they signed; riding, dates and state stay, so that counts hold."""
    Signature.objects.filter(supporter=supporter).update(
        supporter=None, name="", postal_code="", origin="", email_domain="", is_public=False
    )


@transaction.atomic
def hold_bounced(*, address_key: str, now: datetime) -> None:  # noqa: ARG001 — as listeners are called
    """Hold what waits for an answer from an address that does not exist."""
    _waiting(address_key).update(
        state=EntryState.HELD,
        suspicion=Trim(Concat(F("suspicion"), Value(f" {Suspicion.BOUNCED.value}"))),
    )


@transaction.atomic
def withdraw_refused(*, address_key: str, now: datetime) -> None:
    """Take back what waits for an answer from an address whose owner says that it was not them."""
    _waiting(address_key).update(state=EntryState.WITHDRAWN, withdrawn_at=now)


def _waiting(address_key: str) -> QuerySet[Signature]:
    return Signature.objects.filter(supporter__email_key=address_key, state=EntryState.PENDING)
