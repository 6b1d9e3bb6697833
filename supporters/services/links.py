"""What the signed links in mails say, and what they do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coop4canada.kit.signing import BadToken, keyed_hash, seal, unseal
from supporters.enums import SuppressionReason
from supporters.models import Supporter
from supporters.services.consent import Circumstances, withdraw_consents
from supporters.services.people import lock_address
from supporters.services.suppression import refuse_all_mail, suppress_address

VALUES_OF_READER = 2


@dataclass(frozen=True)
class Reader:
    """Whom a mail was for: an address by its keyed hash, and the person, 0 if there was none; they may be gone."""

    address_hash: str
    supporter_id: int


def token_for(reader: Reader, purpose: str) -> str:
    """Return the token that stands for a reader in a link for one purpose; it never expires."""
    return seal(purpose, reader.address_hash, reader.supporter_id)


def reader_of(token: str, purpose: str) -> Reader:
    """Return whom a link is for.

    Raises: BadToken.
    """
    values = unseal(purpose, token, max_age=None).values
    if len(values) != VALUES_OF_READER or not values[1].isdigit():
        raise BadToken("this is no reader")
    return Reader(values[0], int(values[1]))


@transaction.atomic
def unsubscribe(
    *, reader: Reader, purposes: Collection[str], circumstances: Circumstances, now: datetime
) -> None:
    """End consents of the reader, at once; of somebody who is gone there is nothing left to end."""
    person = _person(reader)
    if person is not None:
        lock_address(address_key=person.email_key)
        withdraw_consents(supporter=person, purposes=purposes, circumstances=circumstances, now=now)


@transaction.atomic
def refuse_mail(*, reader: Reader, circumstances: Circumstances, now: datetime) -> None:
    """Never mail the reader's address again, whoever is known to use it."""
    person = _person(reader)
    if person is None:
        suppress_address(address_hash=reader.address_hash, reason=SuppressionReason.REFUSED, now=now)
    else:
        refuse_all_mail(address_key=person.email_key, circumstances=circumstances, now=now)


def _person(reader: Reader) -> Supporter | None:
    person = Supporter.objects.filter(pk=reader.supporter_id).first()
    return person if person and keyed_hash(person.email_key) == reader.address_hash else None
