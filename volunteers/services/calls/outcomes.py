"""Recording what came of a call. What a caller typed is never lost; what it moves depends on who holds the voter now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from supporters.models import User
from volunteers.enums import CALL_OUTCOMES, ContactState, EndOfLease, Kept, Outcome
from volunteers.models import Attempt, Contact, Lease, Team
from volunteers.queries.retries import retry_rules
from volunteers.rules.callbacks import Promise, promise
from volunteers.rules.calling_hours import province_of_riding
from volunteers.services.attempts import Report, Said, write_attempt
from volunteers.services.calls.own_lease import locked_lease
from volunteers.services.calls.settling import Settlement, settle

# The caller may no longer decide about the voter: what they send is kept, as late.
_TAKEN_AWAY = {EndOfLease.REVOKED, EndOfLease.SUPPRESSED}


class NoOutcomeOfACall(ValueError):
    """This is nothing that comes of a call."""


@dataclass(frozen=True)
class Submission:
    """What a caller says came of a call.

    `client_id` made by the browser, the same however often it is sent. `callback_wall`: naive, by the voter's clock.
    `language`: that the voter needs, if the outcome says so. `for_organizer`: an organizer shall look at it before any further
    call. `happened_at`: by the caller's clock, a hint only.
    """

    client_id: UUID
    outcome: Outcome
    happened_at: datetime | None = None
    answers: tuple[Said, ...] = ()
    note: str = ""
    callback_wall: datetime | None = None
    language: str = ""
    for_organizer: bool = False
    took_pledge: bool = False


@dataclass(frozen=True)
class Result:
    """How it was kept. `promised_at`: when the voter is called back; `was_moved`: at another time than they asked for."""

    attempt: Attempt
    is_new: bool
    kept: Kept
    promised_at: datetime | None = None
    was_moved: bool = False


@transaction.atomic
def record_outcome(*, lease_id: UUID, caller: User, submission: Submission, now: datetime) -> Result:
    """Record what came of a call, and move the contact by the rules for the next call.

    Sent twice it is recorded once. After the lease lapsed it still counts, unless somebody else took the voter over or the
    call was taken away: then it is kept as late and moves nothing but a "do not contact" and a callback. A further outcome of
    the same call is a correction: the former stays, and no correction lets a voter be called who wants no contact.
    Raises: NotYourCall, NotYourAttempt, NoOutcomeOfACall, BadCallback.
    """
    if submission.outcome not in CALL_OUTCOMES:
        raise NoOutcomeOfACall
    lease = locked_lease(lease_id, caller)
    known = Attempt.objects.filter(client_id=submission.client_id, by=caller).first()
    if known:
        return _first_result(known, lease)
    contact = lease.contact
    asked = _promise(submission, contact, now)
    former = _former(lease)
    is_late = _is_late(lease, former)
    written = write_attempt(report=_report(lease, submission, former, is_late=is_late, now=now), now=now)
    if not written.is_new:
        return _first_result(written.attempt, lease)
    if lease.ended_at is None or lease.end_reason == EndOfLease.SUPPRESSED:
        _end(lease, now)
    settlement = Settlement(
        attempt=written.attempt, former=former, contact_id=contact.pk, rules=retry_rules(), promise=asked,
        language=submission.language, for_organizer=submission.for_organizer, now=now,
    )  # fmt: skip
    is_promised = settle(settlement).callback_at is not None and asked is not None
    return Result(
        attempt=written.attempt,
        is_new=True,
        kept=_kept(written.attempt),
        promised_at=asked.at if asked and is_promised else None,
        was_moved=bool(asked and is_promised and asked.was_moved),
    )


def _promise(submission: Submission, contact: Contact, now: datetime) -> Promise | None:
    if submission.outcome != Outcome.CALL_BACK or submission.callback_wall is None:
        return None
    province = province_of_riding(contact.riding_number)
    return promise(wall=submission.callback_wall, zone=contact.zone, province=province, now=now)


def _former(lease: Lease) -> Attempt | None:
    """Return the last outcome of this call, be it only that nobody told of it."""
    return lease.attempts.order_by("-pk").first()


def _is_late(lease: Lease, former: Attempt | None) -> bool:
    """Say whether somebody else decides about the voter by now."""
    contact = Contact.objects.get(pk=lease.contact_id)
    was_taken_over = Lease.objects.filter(contact=contact, issued_at__gt=lease.issued_at).exclude(pk=lease.pk)
    if was_taken_over.exists():
        return True
    if former is None or former.outcome == Outcome.UNKNOWN:
        gave_up = lease.ended_at is not None and lease.end_reason in _TAKEN_AWAY
        is_exhausted_by_it = former is not None and contact.state == ContactState.EXHAUSTED
        return gave_up or not (contact.state == ContactState.READY or is_exhausted_by_it)
    return False


def _report(
    lease: Lease,
    submission: Submission,
    former: Attempt | None,
    *,
    is_late: bool,
    now: datetime,
) -> Report:
    contact = lease.contact
    team = Team.objects.filter(riding_number=contact.contact_list.riding_number, closed_at__isnull=True)
    return Report(
        client_id=submission.client_id,
        by=lease.caller,
        riding_number=contact.riding_number,
        outcome=submission.outcome,
        happened_at=submission.happened_at or now,
        team=team.first(),
        contact=contact,
        lease=lease,
        script_version=lease.script_version,
        answers=submission.answers,
        note=submission.note,
        took_pledge=submission.took_pledge,
        is_late=is_late,
        corrects=former,
    )


def _end(lease: Lease, now: datetime) -> None:
    lease.ended_at, lease.end_reason = now, EndOfLease.RECORDED
    lease.save(update_fields=["ended_at", "end_reason"])


def _first_result(attempt: Attempt, lease: Lease) -> Result:
    promised = lease.contact.callback_at if attempt.outcome == Outcome.CALL_BACK else None
    return Result(attempt, is_new=False, kept=_kept(attempt), promised_at=promised)


def _kept(attempt: Attempt) -> Kept:
    if attempt.is_late:
        return Kept.LATE
    corrected = attempt.corrects
    return Kept.CORRECTION if corrected and corrected.outcome != Outcome.UNKNOWN else Kept.COUNTED
