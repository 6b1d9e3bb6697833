"""What happens to signatures because of their owners: what they show, that they go, that mail does not reach them."""

from datetime import datetime

from django.db import transaction

from petitions.models import Signature
from supporters.models import Supporter
from supporters.services.entries import hold_bounced_entries, withdraw_refused_entries


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
    hold_bounced_entries(Signature, address_key=address_key)


@transaction.atomic
def withdraw_refused(*, address_key: str, now: datetime) -> None:
    """Take back what waits for an answer from an address whose owner says that it was not them."""
    withdraw_refused_entries(Signature, address_key=address_key, now=now)
