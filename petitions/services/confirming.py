"""What the owner of the address does with a signature, by the links in our mails."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from petitions.models import Signature
from petitions.rules.signing import may_confirm
from petitions.services.mails import mail_owner
from supporters.enums import EntryState
from supporters.rules.confirming import waits_for_owner
from supporters.services import Circumstances
from supporters.services.entries import choose_riding_of, confirm_entry, count_mail, locked_entry, take_back


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
    if signature.state == EntryState.WITHDRAWN:
        return Confirmation(ConfirmationKind.WITHDRAWN, signature)
    if not _waits(signature):
        return Confirmation(ConfirmationKind.ALREADY, signature)
    if not may_confirm(signature.petition.schedule, now):
        return Confirmation(ConfirmationKind.CLOSED, signature)
    confirm_entry(
        signature,
        name=signature.name,
        riding_number=riding_number,
        needs_proof=signature.petition.needs_proof,
        circumstances=circumstances,
        now=now,
    )
    mail_owner(kind="thanks", signature=signature, now=now)
    return Confirmation(ConfirmationKind.CONFIRMED, signature)


@transaction.atomic
def withdraw_signature(*, signature_id: int, now: datetime) -> Signature | None:
    """Take a signature back for its owner; None if it is gone. Taking it back twice is taking it back once."""
    signature = _locked(signature_id)
    if signature is not None:
        take_back(signature, now=now)
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
    if signature is not None and signature.supporter is not None:
        choose_riding_of(signature, riding_number=riding_number)


def _waits(signature: Signature) -> bool:
    return waits_for_owner(signature.state, has_confirmed=signature.confirmed_at is not None)


def _locked(signature_id: int) -> Signature | None:
    return locked_entry(Signature, signature_id, "petition")
