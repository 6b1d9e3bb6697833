"""Signing a petition: one commit, no call to the outside, no row that two signers share."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from petitions.models import Petition, Signature
from petitions.rules.signing import Opening, opening
from petitions.services.mails import mail_full_household, mail_owner
from supporters.models import Supporter
from supporters.rules.confirming import Step, step_for
from supporters.services import Circumstances, Details, give_consents, recognise_supporter
from supporters.services.entries import count_mail, doubts_after_spending, fill_in


class PetitionClosed(Exception):
    """The petition cannot be signed now."""

    def __init__(self, state: Opening) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Signer:
    """What a filled-in form says; `consents` are the ids of the wordings beside the ticked boxes.

    `proof`: digest of a valid proof of work, spent with the signature; one that was spent before is as good as none.
    """

    details: Details
    is_public: bool = False
    consents: tuple[int, ...] = ()
    referred_by: int | None = None
    suspicion: frozenset[str] = field(default_factory=frozenset)
    proof: str = ""


@transaction.atomic
def sign_petition(*, petition: Petition, signer: Signer, circumstances: Circumstances, now: datetime) -> None:
    """Take down a signature, to be confirmed by mail; say nothing about who had signed before.

    Writes the person, the signature, the consents and the mail in one commit. Repeated, it changes nothing more: an
    unconfirmed signature takes the newer details, the owner of one that counts is told by mail, an address whose two
    people have signed is told so by mail.
    Raises: PetitionClosed if the petition is not open.
    """
    state = opening(petition.schedule, now)
    if state != Opening.OPEN:
        raise PetitionClosed(state)
    doubts = doubts_after_spending(signer.suspicion, proof=signer.proof, now=now)
    signer = replace(signer, suspicion=doubts)
    recognition = recognise_supporter(details=signer.details, now=now)
    if recognition.supporter is None:
        owner = Supporter.objects.get(email_key=signer.details.address.key, household_place=1)
        mail_full_household(petition=petition, owner=owner, circumstances=circumstances, now=now)
        return
    signature = _signature_of(petition, recognition.supporter, is_new=recognition.is_new)
    step = step_for(signature.state if signature else None)
    if step == Step.REMIND and signature is not None:
        if count_mail(signature, now=now):
            signature.save(update_fields=["mail_count", "mailed_at"])
            mail_owner(kind="already", signature=signature, circumstances=circumstances, now=now)
    elif step != Step.NOTHING:
        signature = signature or Signature(petition=petition, created_at=now)
        signature.supporter = recognition.supporter
        _take_down(signature, signer, circumstances, now)


def _signature_of(petition: Petition, supporter: Supporter, *, is_new: bool) -> Signature | None:
    if is_new:
        return None
    signature = Signature.objects.filter(petition=petition, supporter=supporter).first()
    if signature is not None:
        signature.petition, signature.supporter = petition, supporter
    return signature


def _take_down(signature: Signature, signer: Signer, circumstances: Circumstances, now: datetime) -> None:
    assert signature.supporter is not None  # noqa: S101 — said for the type checker
    _fill_in(signature, signer, circumstances)
    is_mailed = count_mail(signature, now=now)
    signature.save()
    give_consents(
        supporter=signature.supporter, wording_ids=signer.consents, circumstances=circumstances, now=now
    )
    if is_mailed:
        mail_owner(kind="confirm", signature=signature, circumstances=circumstances, now=now)


def _fill_in(signature: Signature, signer: Signer, circumstances: Circumstances) -> None:
    fill_in(
        signature,
        details=signer.details,
        suspicion=signer.suspicion,
        referred_by=signer.referred_by,
        circumstances=circumstances,
    )
    signature.name = signer.details.name
    signature.is_public = signer.is_public
