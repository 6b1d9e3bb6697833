"""One signature, for whoever came by the link in a mail about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coop4canada.kit.signing import read_short_code
from petitions.enums import REFERRAL
from petitions.models import Petition, PetitionCount, Signature
from petitions.queries.counts import public_count_of
from petitions.rules.signing import may_confirm
from ridings.models import Riding
from ridings.queries.codes import live_ridings, ridings_of_code
from ridings.rules.postal_code import spaced
from supporters.enums import EntryState
from supporters.rules.confirming import waits_for_owner
from supporters.rules.person_name import given_name


@dataclass(frozen=True)
class OwnSignature:
    """A signature whose owner is reading, and the ridings among which they may choose."""

    signature: Signature
    riding: Riding | None
    choices: tuple[Riding, ...]

    @property
    def petition(self) -> Petition:
        """What was signed."""
        return self.signature.petition

    @property
    def given_name(self) -> str:
        """The name to greet its owner by."""
        return given_name(self.signature.name)

    @property
    def postal_code(self) -> str:
        """The postal code as it is written."""
        return spaced(self.signature.postal_code)

    @property
    def asks_for_riding(self) -> bool:
        """The postal code reaches into several ridings and nobody has said which one it is."""
        return self.riding is None and bool(self.choices)

    @property
    def is_waiting(self) -> bool:
        """It is not confirmed."""
        return waits_for_owner(self.signature.state, has_confirmed=self.signature.confirmed_at is not None)

    @property
    def is_withdrawn(self) -> bool:
        """Its owner took it back."""
        return self.signature.state == EntryState.WITHDRAWN


@dataclass(frozen=True)
class Success:
    """What a confirmed signature brought about: how many signed with it, how many came by its link."""

    number: int
    brought: int


def own_signature(signature_id: int) -> OwnSignature | None:
    """Return a signature; None if it is gone, or its owner was erased."""
    rows = Signature.objects.select_related("petition", "supporter")
    signature = rows.filter(pk=signature_id, supporter__isnull=False).first()
    if signature is None:
        return None
    numbers = [place.number for place in ridings_of_code(signature.postal_code)]
    ridings = live_ridings({*numbers, signature.riding_number or 0})
    choices = tuple(ridings[number] for number in numbers) if len(numbers) > 1 else ()
    return OwnSignature(signature, ridings.get(signature.riding_number or 0), choices)


def success_of(signature: Signature) -> Success:
    """Return what a signature brought about; the number is of the last counting, which may not hold it yet."""
    row = PetitionCount.objects.filter(petition_id=signature.petition_id).first()
    count = public_count_of(signature.petition, row)
    is_counted = bool(
        row and row.counted_at and signature.confirmed_at and row.counted_at >= signature.confirmed_at
    )
    brought = Signature.objects.filter(referred_by=signature.pk, state=EntryState.CONFIRMED).count()
    return Success(max(count.number + (0 if is_counted else 1), 1), brought)


def petition_of_code(code: str) -> Petition | None:
    """Return the petition under which the owner of a personal link signed; None for any other code."""
    number = read_short_code(REFERRAL, code)
    if number is None:
        return None
    return Petition.objects.filter(signatures=number, is_published=True).first()


class LinkState(StrEnum):
    """What the link for confirming can do now."""

    READY = "ready"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CLOSED = "closed"


def link_state(own: OwnSignature, *, is_expired: bool, now: datetime) -> LinkState:
    """Say what the link for confirming this signature can do now; what is looked at looks like any other."""
    if own.is_withdrawn:
        return LinkState.WITHDRAWN
    if not own.is_waiting:
        return LinkState.DONE
    if not may_confirm(own.petition.schedule, now):
        return LinkState.CLOSED
    return LinkState.EXPIRED if is_expired else LinkState.READY
