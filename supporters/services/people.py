"""Who a form is about."""

from dataclasses import dataclass
from datetime import datetime

from coop4canada.kit.db import lock_for_transaction
from coop4canada.kit.signing import keyed_hash
from coop4canada.kit.text import plain
from supporters.enums import RidingSource, SuppressionReason
from supporters.models import MailSuppression, Supporter
from supporters.rules.email import Address
from supporters.rules.household import Resident, place_of


@dataclass(frozen=True)
class Details:
    """What a person tells about themselves in a form; `name` may be empty, `postal_code` is packed (`K1A0B1`, `K1A`) or empty."""

    name: str
    address: Address
    postal_code: str = ""
    riding_number: int | None = None
    riding_source: str = RidingSource.UNKNOWN
    language: str = "en"
    phone: str = ""


@dataclass(frozen=True)
class Recognition:
    """Who it is: None where the address has its two people already and this is a third name."""

    supporter: Supporter | None
    is_new: bool = False


def lock_address(*, address_key: str) -> None:
    """Let everything about one address happen one after the other, from here to the end of the transaction."""
    lock_for_transaction(f"supporters.address:{address_key}")


def recognise_supporter(*, details: Details, now: datetime) -> Recognition:
    """Return the person of this address and name; make the record if there is none.

    Holds the address until the transaction ends. What a
    confirmed person told us is never changed by a form that anybody could fill in; see `confirm_address`.
    """
    lock_address(address_key=details.address.key)
    people = {
        person.household_place: person for person in Supporter.objects.filter(email_key=details.address.key)
    }
    place = place_of(
        [
            Resident(
                person.household_place, person.name, person.postal_code, person.email_confirmed_at is not None
            )
            for person in people.values()
        ],
        name=details.name,
        postal_code=details.postal_code,
    )
    if place.place is None:
        return Recognition(None)
    known = people.get(place.place)
    if known is None:
        fresh = Supporter(email_key=details.address.key, household_place=place.place, created_at=now)
        _fill_in(fresh, details)
        fresh.save(force_insert=True)
        return Recognition(fresh, is_new=True)
    if known.email_confirmed_at is None:
        _fill_in(known, details)
        known.save()
    return Recognition(known)


def confirm_address(*, supporter: Supporter, details: Details | None, now: datetime) -> None:
    """Note that the owner of the address answered from it; what they had told there now describes them.

    Whoever was erased and comes back by themselves may be mailed again; every other reason for silence holds.
    """
    if details is not None:
        _fill_in(supporter, details)
    supporter.email_confirmed_at = supporter.email_confirmed_at or now
    supporter.save()
    MailSuppression.objects.filter(
        address_hash=keyed_hash(supporter.email_key), reason=SuppressionReason.ERASED
    ).delete()


def _fill_in(supporter: Supporter, details: Details) -> None:
    supporter.email = details.address.typed
    if details.name:
        supporter.name = details.name
        supporter.search_text = plain(details.name) or details.name.casefold()
    supporter.language = details.language
    if details.postal_code:
        supporter.postal_code = details.postal_code
        supporter.riding_number = details.riding_number
        supporter.riding_source = details.riding_source
    supporter.phone = details.phone or supporter.phone
