"""Pledging to vote together: one commit, no call to the outside, no row that two pledgers share."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from pledges.enums import VoterStatus
from pledges.models import Pledge
from pledges.services.asking import known_person
from pledges.services.pledge_mails import mail_pledger
from supporters.enums import EntryState
from supporters.rules.confirming import Step, step_for
from supporters.rules.email import read_address
from supporters.services import Circumstances, Details, give_consents, recognise_supporter
from supporters.services.entries import (
    choose_riding_of,
    confirm_entry,
    count_mail,
    doubts_after_spending,
    fill_in,
    locked_entry,
    take_back,
)


@dataclass(frozen=True)
class Pledger:
    """What a filled-in form says; `preference_id` is a party's, `consents` the ids of the wordings beside ticked boxes.

    `proof`: digest of a valid proof of work, spent with the pledge; one that was spent before is as good as none.
    """

    details: Details
    voter_status: str = VoterStatus.VOTER
    preference_id: int | None = None
    consents: tuple[int, ...] = ()
    referred_by: int | None = None
    suspicion: frozenset[str] = field(default_factory=frozenset)
    proof: str = ""


class PledgeAnswer(StrEnum):
    """How a confirmation ended; a pledge that is looked at looks confirmed to everyone outside."""

    CONFIRMED = "confirmed"
    ALREADY = "already"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


@transaction.atomic
def make_pledge(*, pledger: Pledger, circumstances: Circumstances, now: datetime) -> None:
    """Take down a pledge, to be confirmed by mail; say nothing about who had pledged before.

    Writes the person, the pledge, the consents and the mail in one commit. Repeated, it changes nothing more: an
    unconfirmed pledge takes the newer details, the owner of one that counts is told by mail.
    """
    doubts = doubts_after_spending(pledger.suspicion, proof=pledger.proof, now=now)
    supporter = recognise_supporter(details=pledger.details, now=now).supporter
    assert supporter is not None  # noqa: S101 — without a name nobody is a third person at an address
    pledge = Pledge.objects.filter(supporter=supporter).first()
    step = step_for(pledge.state if pledge else None)
    if step == Step.REMIND and pledge is not None:
        pledge.supporter = supporter
        kind = "confirm" if pledge.is_waiting else "already"
        _mail_again(kind, pledge, circumstances, now)
    elif step != Step.NOTHING:
        pledge = pledge or Pledge(created_at=now)
        pledge.supporter = supporter
        _take_down(pledge, pledger, doubts, circumstances, now)


def _take_down(
    pledge: Pledge, pledger: Pledger, doubts: frozenset[str], circumstances: Circumstances, now: datetime
) -> None:
    assert pledge.supporter is not None  # noqa: S101 — said for the type checker
    if pledge.state == EntryState.WITHDRAWN:
        # Pledged anew: who may vote in a recommendation round goes by this.
        pledge.created_at = now
    fill_in(
        pledge,
        details=pledger.details,
        suspicion=doubts,
        referred_by=pledger.referred_by,
        circumstances=circumstances,
    )
    pledge.voter_status = pledger.voter_status
    pledge.preference_id = pledger.preference_id
    is_mailed = count_mail(pledge, now=now)
    pledge.save()
    give_consents(
        supporter=pledge.supporter, wording_ids=pledger.consents, circumstances=circumstances, now=now
    )
    if is_mailed:
        mail_pledger(kind="confirm", pledge=pledge, circumstances=circumstances, now=now)


@transaction.atomic
def pledge_known(
    *,
    supporter_id: int,
    voter_status: str,
    preference_id: int | None,
    circumstances: Circumstances,
    now: datetime,
) -> Pledge | None:
    """Let a person pledge whom this browser's cookie names: it counts at once; None if we do not know them after all.

    What organizers hold or refused stays as it is, and nobody is told.
    """
    person = known_person(supporter_id)
    if person is None:
        return None
    pledge = Pledge.objects.filter(supporter=person).first() or Pledge(supporter=person, created_at=now)
    if pledge.pk is not None and not (pledge.is_waiting or pledge.state == EntryState.WITHDRAWN):
        return pledge
    if pledge.state == EntryState.WITHDRAWN:
        pledge.created_at = now
    details = Details(
        name="",
        address=read_address(person.email),
        postal_code=person.postal_code,
        riding_number=person.riding_number,
        riding_source=person.riding_source,
        language=person.language,
    )
    fill_in(pledge, details=details, suspicion=frozenset(), referred_by=None, circumstances=circumstances)
    pledge.voter_status, pledge.preference_id = voter_status, preference_id
    pledge.state, pledge.confirmed_at = EntryState.CONFIRMED, now
    pledge.mail_count += 1
    pledge.save()
    mail_pledger(kind="thanks", pledge=pledge, now=now)
    return pledge


@transaction.atomic
def confirm_pledge(
    *, pledge_id: int, riding_number: int | None, circumstances: Circumstances, now: datetime
) -> PledgeAnswer:
    """Let a pledge count; doing so again, or at the same moment elsewhere, changes nothing more.

    `riding_number` is what the person chose where the postal code reaches into several ridings, None where they did not;
    the caller has checked that it is one of them.
    """
    pledge = locked_entry(Pledge, pledge_id)
    if pledge is None or pledge.supporter is None:
        return PledgeAnswer.GONE
    if pledge.state == EntryState.WITHDRAWN:
        return PledgeAnswer.WITHDRAWN
    if not pledge.is_waiting:
        return PledgeAnswer.ALREADY
    confirm_entry(
        pledge,
        name="",
        riding_number=riding_number,
        needs_proof=False,
        circumstances=circumstances,
        now=now,
    )
    mail_pledger(kind="thanks", pledge=pledge, now=now)
    return PledgeAnswer.CONFIRMED


@transaction.atomic
def withdraw_pledge(*, pledge_id: int, now: datetime) -> None:
    """Take a pledge back for its owner; twice is once."""
    pledge = locked_entry(Pledge, pledge_id)
    if pledge is not None and pledge.supporter is not None:
        take_back(pledge, now=now)


@transaction.atomic
def change_pledge(
    *, pledge_id: int, voter_status: str, preference_id: int | None, riding_number: int | None
) -> None:
    """Note what the owner of a pledge says of themselves now; `riding_number` None leaves the riding as it is."""
    pledge = locked_entry(Pledge, pledge_id)
    if pledge is None or pledge.supporter is None:
        return
    pledge.voter_status, pledge.preference_id = voter_status, preference_id
    pledge.save(update_fields=["voter_status", "preference"])
    if riding_number is not None:
        choose_riding_of(pledge, riding_number=riding_number)


@transaction.atomic
def send_fresh_pledge_link(*, pledge_id: int, circumstances: Circumstances, now: datetime) -> None:
    """Mail a new confirmation link for one that expired, as often as mails about a pledge are allowed."""
    pledge = locked_entry(Pledge, pledge_id)
    if pledge is not None and pledge.supporter is not None and pledge.is_waiting:
        _mail_again("confirm", pledge, circumstances, now)


def _mail_again(kind: str, pledge: Pledge, circumstances: Circumstances, now: datetime) -> None:
    if count_mail(pledge, now=now):
        pledge.save(update_fields=["mail_count", "mailed_at"])
        mail_pledger(kind=kind, pledge=pledge, circumstances=circumstances, now=now)
