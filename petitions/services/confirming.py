"""What the owner of the address does with a signature, by the links in our mails."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from petitions.enums import SignatureState
from petitions.models import Signature
from petitions.rules.signing import may_become, may_confirm, state_on_confirming, waits_for_owner
from petitions.services.mails import count_mail, mail_owner
from supporters.enums import RidingSource
from supporters.rules.email import read_address
from supporters.services import Circumstances, Details, confirm_address, confirm_consents, lock_address


class ConfirmationKind(StrEnum):
    """How a confirmation ended; `held` looks like `confirmed` to everyone outside."""

    CONFIRMED = "confirmed"
    ALREADY = "already"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True)
class Confirmation:
    """How it ended, and the signature unless it is gone."""

    kind: ConfirmationKind
    signature: Signature | None = None


@transaction.atomic
def confirm_signature(
    *, signature_id: int, riding_number: int | None, circumstances: Circumstances, now: datetime
) -> Confirmation:
    """Let a signature count; doing so again, or at the same moment elsewhere, changes nothing more.

    `riding_number` is what the person chose where the postal code reaches into several ridings, None where they did not;
    the caller has checked that it is one of them.
    """
    signature = _locked(signature_id)
    if signature is None or signature.supporter is None:
        return Confirmation(ConfirmationKind.GONE)
    if signature.state == SignatureState.WITHDRAWN:
        return Confirmation(ConfirmationKind.WITHDRAWN, signature)
    if not _waits(signature):
        return Confirmation(ConfirmationKind.ALREADY, signature)
    if not may_confirm(signature.petition.schedule, now):
        return Confirmation(ConfirmationKind.CLOSED, signature)
    if riding_number is not None:
        signature.riding_number, signature.riding_source = riding_number, RidingSource.CHOSEN
    if signature.state == SignatureState.PENDING:
        signature.state = state_on_confirming(
            frozenset(signature.suspicion.split()), needs_proof=signature.petition.needs_proof
        )
    signature.confirmed_at = now
    confirm_address(supporter=signature.supporter, details=_details(signature), now=now)
    confirm_consents(supporter=signature.supporter, circumstances=circumstances, now=now)
    # What the owner did by a link of ours is answered at once, whatever others typed into forms.
    signature.mail_count += 1
    signature.save()
    mail_owner(kind="thanks", signature=signature, now=now)
    return Confirmation(ConfirmationKind.CONFIRMED, signature)


@transaction.atomic
def withdraw_signature(*, signature_id: int, now: datetime) -> Signature | None:
    """Take a signature back for its owner; None if it is gone. Taking it back twice is taking it back once."""
    signature = _locked(signature_id)
    if signature is not None and may_become(signature.state, SignatureState.WITHDRAWN):
        signature.state, signature.withdrawn_at = SignatureState.WITHDRAWN, now
        signature.save(update_fields=["state", "withdrawn_at"])
    return signature


@transaction.atomic
def send_fresh_link(*, signature_id: int, circumstances: Circumstances, now: datetime) -> None:
    """Mail a new confirmation link for one that expired, as often as mails about a signature are allowed."""
    signature = _locked(signature_id)
    if signature is None or signature.supporter is None or not _waits(signature):
        return
    if count_mail(signature, now=now):
        signature.save(update_fields=["mail_count", "mailed_at"])
        mail_owner(kind="confirm", signature=signature, circumstances=circumstances, now=now)


@transaction.atomic
def choose_riding(*, signature_id: int, riding_number: int) -> None:
    """Note which of the ridings of their postal code the owner of a signature lives in."""
    signature = _locked(signature_id)
    if signature is None or signature.supporter is None:
        return
    for row in (signature, signature.supporter):
        row.riding_number, row.riding_source = riding_number, RidingSource.CHOSEN
        row.save(update_fields=["riding_number", "riding_source"])


def _waits(signature: Signature) -> bool:
    return waits_for_owner(signature.state, has_confirmed=signature.confirmed_at is not None)


def _locked(signature_id: int) -> Signature | None:
    """Return the signature, nobody else at work on it or on its address, as forms for the same address are."""
    found = Signature.objects.filter(pk=signature_id, supporter__isnull=False)
    address_key = found.values_list("supporter__email_key", flat=True).first()
    if address_key is not None:
        lock_address(address_key=address_key)
    rows = Signature.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("petition", "supporter").filter(pk=signature_id).first()


def _details(signature: Signature) -> Details:
    assert signature.supporter is not None  # noqa: S101 — checked by the caller, said for the type checker
    return Details(
        name=signature.name,
        address=read_address(signature.supporter.email),
        postal_code=signature.postal_code,
        riding_number=signature.riding_number,
        riding_source=signature.riding_source,
        language=signature.language,
    )
