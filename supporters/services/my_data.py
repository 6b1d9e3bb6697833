"""A person's own hand on their data: the link by mail, corrections, consents, erasure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from coop4canada.kit.panels import functions_of
from coop4canada.kit.signing import BadToken, keyed_hash, unseal
from coop4canada.kit.text import plain
from supporters.enums import ConsentDecision, SuppressionReason
from supporters.models import ConsentEvent, ConsentWording, Supporter
from supporters.services.consent import (
    Circumstances,
    confirm_consents,
    give_consents,
    withdraw_consents,
)
from supporters.services.letters import MY_DATA
from supporters.services.outbox import Draft, queue_message
from supporters.services.people import confirm_address, lock_address
from supporters.services.suppression import suppress_address

LINK_LIFE = timedelta(hours=1)
BETWEEN_LINKS = timedelta(minutes=10)


@dataclass(frozen=True)
class Correction:
    """What a person says about themselves; the riding is known or chosen with the postal code, else None."""

    name: str
    postal_code: str
    riding_number: int | None
    riding_source: str
    language: str
    phone: str


@dataclass(frozen=True)
class OwnLink:
    """Whose data a link opens; after an hour it says that it has expired."""

    people: tuple[int, ...]
    is_expired: bool


def mail_own_link(*, people: Sequence[Supporter], circumstances: Circumstances, now: datetime) -> None:
    """Mail the people of one address, if there are any, the link to their data; once in ten minutes at most."""
    if not people:
        return
    first = people[0]
    slot = int(now.timestamp() // BETWEEN_LINKS.total_seconds())
    draft = Draft(
        kind="supporters/my_data",
        key=f"supporters/my_data:{keyed_hash(first.email_key)[:32]}:{slot}",
        supporter=first,
        context={"people": [person.pk for person in people]},
    )
    queue_message(draft=draft, circumstances=circumstances, now=now)


def own_link(token: str) -> OwnLink:
    """Return whose data a link opens.

    Raises: BadToken.
    """
    found = unseal(MY_DATA, token, max_age=LINK_LIFE)
    if not found.values or not all(value.isdigit() for value in found.values):
        raise BadToken("these are no people")
    return OwnLink(tuple(int(value) for value in found.values), found.is_expired)


@transaction.atomic
def correct_details(*, supporter: Supporter, correction: Correction, now: datetime) -> None:
    """Write what the person says about themselves; what they signed keeps the words of that day."""
    supporter.name = correction.name
    supporter.search_text = plain(correction.name) or correction.name.casefold()
    supporter.postal_code = correction.postal_code
    supporter.riding_number = correction.riding_number
    supporter.riding_source = correction.riding_source
    supporter.language = correction.language
    supporter.phone = correction.phone
    confirm_address(supporter=supporter, details=None, now=now)


@transaction.atomic
def choose_consents(
    *, supporter: Supporter, wording_ids: Collection[int], circumstances: Circumstances, now: datetime
) -> None:
    """Let exactly the consents with these words stand; they count at once, for the link came from the address."""
    lock_address(address_key=supporter.email_key)
    wanted = set(ConsentWording.objects.filter(pk__in=wording_ids).values_list("purpose", flat=True))
    events = ConsentEvent.objects.filter(supporter=supporter).order_by("purpose", "-pk").distinct("purpose")
    standing = {event.purpose: event for event in events if event.decision != ConsentDecision.WITHDRAWN}
    withdraw_consents(
        supporter=supporter, purposes=set(standing) - wanted, circumstances=circumstances, now=now
    )
    confirmed = {
        purpose for purpose, event in standing.items() if event.decision == ConsentDecision.CONFIRMED
    }
    fresh = ConsentWording.objects.filter(pk__in=wording_ids).exclude(purpose__in=confirmed)
    give_consents(
        supporter=supporter,
        wording_ids=list(fresh.values_list("pk", flat=True)),
        circumstances=circumstances,
        now=now,
    )
    confirm_consents(supporter=supporter, circumstances=circumstances, now=now)
    confirm_address(supporter=supporter, details=None, now=now)


@transaction.atomic
def erase_supporter(*, supporter: Supporter, now: datetime) -> None:
    """Erase a person: name, address and all that names them, here and in the apps above; counts stay.

    What remains of consents is the keyed hash, as proof. The address is mailed no more, unless somebody else of the
    household uses it.
    """
    lock_address(address_key=supporter.email_key)
    for erase in functions_of("address_erasures"):
        erase(supporter=supporter)
    forget_person(supporter=supporter)
    if not Supporter.objects.filter(email_key=supporter.email_key).exists():
        suppress_address(
            address_hash=keyed_hash(supporter.email_key), reason=SuppressionReason.ERASED, now=now
        )


@transaction.atomic
def forget_person(*, supporter: Supporter) -> None:
    """Take a person out of every app; AppConfigs list `(supporter)` functions under `erasures`.

    What is kept under the address alone stays: whoever typed it into a form may not be its owner.
    """
    for erase in functions_of("erasures"):
        erase(supporter=supporter)
    ConsentEvent.objects.filter(supporter=supporter).update(supporter=None, origin="", user_agent="")
    supporter.delete()
