"""Organizers decide about lines from paper: accepted ones become pledges that count; and the owner's answer by mail."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coop4canada.kit.signing import seal
from pledges.enums import LineState
from pledges.models import PaperLine, Pledge
from ridings.queries.codes import ridings_of_code
from supporters.enums import EntryState, Method, RidingSource
from supporters.models import Supporter
from supporters.rules.email import read_address
from supporters.rules.person_name import given_name
from supporters.services import (
    Circumstances,
    Details,
    Draft,
    confirm_address,
    confirm_consents,
    give_consents,
    lock_address,
    queue_message,
    recognise_supporter,
)
from supporters.services.entries import locked_entry

# Purpose of the link in the mail to somebody who pledged on paper.
PAPER_LINK = "pledges.paper"
ALREADY = "already pledged"


@dataclass(frozen=True)
class Decided:
    """How many lines were accepted, and how many turned out to be of people who have pledged already."""

    accepted: int
    doubled: int


def accept_lines(*, ids: Collection[int], by_id: int | None, now: datetime) -> Decided:
    """Accept waiting lines, one transaction each; a line of somebody who has pledged already is refused with that reason."""
    accepted, doubled = 0, 0
    for line_id in sorted(ids):
        became_pledge = accept_line(line_id=line_id, by_id=by_id, now=now)
        accepted += became_pledge is True
        doubled += became_pledge is False
    return Decided(accepted, doubled)


@transaction.atomic
def accept_line(*, line_id: int, by_id: int | None, now: datetime) -> bool | None:
    """Make a pledge of a waiting line; False if its person has one, None if the line does not wait. Twice is once."""
    address_key = PaperLine.objects.filter(pk=line_id).values_list("email_key", flat=True).first()
    if address_key:
        lock_address(address_key=address_key)
    line = next(_waiting([line_id]), None)
    if line is None:
        return None
    person = _person_of(line, now) if line.email else None
    known = Pledge.objects.filter(supporter=person).first() if person else None
    # One that nobody confirmed is confirmed by the paper; one that was taken back or looked at stays as it is.
    is_double = bool(line.email) and (
        person is None or (known is not None and known.state != EntryState.PENDING)
    )
    line.reviewed_at, line.reviewed_by_id = now, by_id
    if is_double:
        line.state, line.reason = LineState.REFUSED, ALREADY
    else:
        line.state, line.pledge = LineState.ACCEPTED, _pledge_of(line, person, known or Pledge(), now)
        if person is not None:
            _greet(line.pledge, person, line, by_id, now)
    line.save()
    return not is_double


@transaction.atomic
def refuse_lines(*, ids: Collection[int], reason: str, by_id: int | None, now: datetime) -> int:
    """Refuse waiting lines and say why; return how many waited."""
    lines = list(_waiting(ids))
    for line in lines:
        line.state, line.reason = LineState.REFUSED, reason[:200]
        line.reviewed_at, line.reviewed_by_id = now, by_id
        line.save()
    return len(lines)


@transaction.atomic
def confirm_paper_pledge(*, pledge_id: int, circumstances: Circumstances, now: datetime) -> Pledge | None:
    """Note that somebody who pledged on paper answered from their address; None if the pledge is gone. Twice is once."""
    pledge = locked_entry(Pledge, pledge_id)
    if pledge is None or pledge.supporter is None or pledge.state != EntryState.CONFIRMED:
        return None
    if pledge.confirmed_at is None:
        pledge.confirmed_at = now
        pledge.save(update_fields=["confirmed_at"])
        confirm_address(supporter=pledge.supporter, details=None, now=now)
        confirm_consents(supporter=pledge.supporter, circumstances=circumstances, now=now)
    return pledge


@transaction.atomic
def refuse_paper_pledges(*, address_key: str, now: datetime) -> None:
    """Take back what stands on paper alone for an address whose owner says that it was not they."""
    rows = Pledge.objects.filter(
        supporter__email_key=address_key,
        method=Method.PAPER,
        state=EntryState.CONFIRMED,
        confirmed_at__isnull=True,
    )
    rows.update(state=EntryState.WITHDRAWN, withdrawn_at=now)


def _waiting(ids: Collection[int]) -> Iterator[PaperLine]:
    rows = PaperLine.objects.select_for_update(of=("self",), no_key=True).select_related("sheet")
    return rows.filter(pk__in=ids, state=LineState.WAITING).order_by("pk").iterator()


def _person_of(line: PaperLine, now: datetime) -> Supporter | None:
    details = Details(
        name=line.name,
        address=read_address(line.email),
        postal_code=line.postal_code,
        riding_number=line.sheet.riding_number,
        riding_source=_source_of(line),
        language=line.language,
        phone=line.phone,
    )
    return recognise_supporter(details=details, now=now).supporter


def _source_of(line: PaperLine) -> RidingSource:
    ridings = [share.number for share in ridings_of_code(line.postal_code)]
    return RidingSource.POSTAL_CODE if ridings == [line.sheet.riding_number] else RidingSource.CHOSEN


def _pledge_of(line: PaperLine, person: Supporter | None, pledge: Pledge, now: datetime) -> Pledge:
    """Make the pledge: it counts at once, by its signature on paper, in the riding of the sheet."""
    pledge.supporter = person
    pledge.state, pledge.method, pledge.suspicion = EntryState.CONFIRMED, Method.PAPER, ""
    pledge.postal_code = line.postal_code if person else ""
    pledge.riding_number, pledge.riding_source = line.sheet.riding_number, _source_of(line)
    pledge.language = line.language
    pledge.email_domain = line.email_key.rpartition("@")[2]
    pledge.voter_status, pledge.preference_id = line.voter_status, line.preference_id
    if pledge.pk is None:
        pledge.created_at = line.keyed_at
    if person is not None:
        pledge.mailed_at, pledge.mail_count = now, pledge.mail_count + 1
    pledge.save()
    return pledge


def _greet(pledge: Pledge, person: Supporter, line: PaperLine, by_id: int | None, now: datetime) -> None:
    """Note the boxes ticked on paper, and mail the link by which the owner of the address confirms it."""
    circumstances = Circumstances(f"paper {line.sheet}", Method.PAPER, staff_id=by_id)
    give_consents(supporter=person, wording_ids=line.wordings, circumstances=circumstances, now=now)
    draft = Draft(
        kind="pledges/paper_confirm",
        key=f"pledges/paper_confirm:{pledge.pk}",
        supporter=person,
        context={"name": given_name(person.name), "token": seal(PAPER_LINK, pledge.pk)},
    )
    queue_message(draft=draft, now=now)
