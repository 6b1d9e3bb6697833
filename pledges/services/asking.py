"""What both forms share: who fills them in, and the mail whose link confirms it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from coop4canada.kit.proof import LIFETIME
from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from pledges.rules.deadlines import Phase, standing
from pledges.services.mails import mail_link
from supporters.models import Supporter
from supporters.rules.pace import may_mail
from supporters.services import Circumstances, Details, lock_address, recognise_supporter, use_proof
from supporters.services.outbox import PRIORITY_ANSWER

# Behind the answers to everybody else, before what goes out in bulk.
PRIORITY_DOUBTFUL = 30


Row = TypeVar("Row", MembershipReport, DriveReminder)


class DriveClosed(Exception):
    """The drive does not take this now."""

    def __init__(self, phase: Phase | None) -> None:
        super().__init__(phase)
        self.phase = phase


@dataclass(frozen=True)
class Applicant:
    """Who a filled-in form is about, and what makes it look like a robot's.

    `proof`: digest of a valid proof of work, spent with the form; without one the mail waits behind the others.
    """

    details: Details
    suspicion: str = ""
    proof: str = ""


def phase_of(drive: PartyMembershipDrive, now: datetime) -> Phase:
    """Return where a published drive stands.

    Raises: DriveClosed if it is not published.
    """
    if not drive.is_published:
        raise DriveClosed(None)
    return standing(drive.dates, now).phase


def person_of(applicant: Applicant, now: datetime) -> Supporter:
    """Return the person a form is about; where two share the address already and this is a third name, the first of them.

    The link goes to the address in any case, and only who reads it there can confirm anything.
    """
    supporter = recognise_supporter(details=applicant.details, now=now).supporter
    if supporter is not None:
        return supporter
    return Supporter.objects.get(email_key=applicant.details.address.key, household_place=1)


def known_person(supporter_id: int) -> Supporter | None:
    """Return the person that the site's own cookie names, if they have ever answered from their address.

    Nobody else is at work on the address until the transaction ends.
    """
    person = Supporter.objects.filter(pk=supporter_id, email_confirmed_at__isnull=False).first()
    if person is not None:
        lock_address(address_key=person.email_key)
    return person


def locked(model: type[Row], pk: int) -> Row | None:
    """Return a row that belongs to somebody, nobody else at work on it or on its address, as forms for that address are."""
    found = model._default_manager.filter(pk=pk, supporter__isnull=False)  # noqa: SLF001 — Django's public name
    address_key = found.values_list("supporter__email_key", flat=True).first()
    if address_key is None:
        return None
    lock_address(address_key=address_key)
    rows = found.select_for_update(of=("self",), no_key=True)
    return rows.select_related("drive__party", "supporter").first()


def take_down(
    row: MembershipReport | DriveReminder,
    *,
    applicant: Applicant,
    circumstances: Circumstances,
    now: datetime,
) -> None:
    """Note what a form shows on a row that nobody has confirmed, and mail the link that confirms it."""
    if row.confirmed_at is None and row.suspicion != applicant.suspicion:
        row.suspicion = applicant.suspicion
        row.save(update_fields=["suspicion"])
    is_proven = bool(applicant.proof) and use_proof(digest=applicant.proof, expires_at=now + LIFETIME)
    is_trusted = is_proven and not applicant.suspicion
    send_link(
        row,
        circumstances=circumstances,
        priority=PRIORITY_ANSWER if is_trusted else PRIORITY_DOUBTFUL,
        now=now,
    )


def send_link(
    row: MembershipReport | DriveReminder,
    *,
    circumstances: Circumstances,
    priority: int = PRIORITY_ANSWER,
    now: datetime,
) -> None:
    """Mail the link that confirms this saved row, as often as mails about it are allowed."""
    if not may_mail(mail_count=row.mail_count, mailed_at=row.mailed_at, now=now):
        return
    row.mail_count += 1
    row.mailed_at = now
    row.save(update_fields=["mail_count", "mailed_at"])
    mail_link(row, circumstances=circumstances, priority=priority, now=now)
