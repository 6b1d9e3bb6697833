"""Taking in what was recorded at doors: from a phone that was offline, a form, or a sheet that is keyed in."""

import hmac
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from coop4canada.kit.panels import functions_of
from supporters.models import User
from volunteers.enums import EndOfCheckout, MembershipState, Outcome, SuppressedThing, SuppressionSource
from volunteers.models import Attempt, Door, Membership, ScriptVersion, TurfCheckout
from volunteers.queries.walks import door_mark, knocks_of
from volunteers.rules.door_status import door_status
from volunteers.services.attempts import NotYourAttempt, Report, Said, write_attempt
from volunteers.services.suppression import Refusal, suppress

logger = logging.getLogger(__name__)

# Takes a pledge made at the door: (client_id, riding_number, fields, by_id, now) -> what is wrong with it, or "".
PledgeTaker = Callable[..., str]


class Receipt(StrEnum):
    """What the server says of one record; only after the first two may a phone forget what was typed."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    REFUSED = "refused"
    AGAIN = "again"


class Refused(StrEnum):
    """Why a record was refused."""

    NOT_YOUR_DOOR = "not_your_door"
    NOT_YOUR_RECORD = "not_your_record"
    AFTER_THE_END = "after_the_end"
    PLEDGE = "pledge"


@dataclass(frozen=True)
class Visit:
    """A visit as the phone tells it. `mark` and `address` prove that the door was once in the turf (see `door_mark`).

    `pledge`: what was typed for a pledge, field by field; never kept here.
    """

    client_id: UUID
    door_id: int
    outcome: Outcome
    happened_at: datetime
    answers: tuple[Said, ...] = ()
    note: str = ""
    script_version_id: int | None = None
    corrects: UUID | None = None
    address: str = ""
    mark: str = ""
    pledge: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Acknowledgement:
    """What became of one record; `detail` says what is wrong with a pledge, in words."""

    client_id: UUID
    receipt: Receipt
    reason: str = ""
    detail: str = ""
    is_late: bool = False


def record_visits(
    *, canvasser: User, checkout: TurfCheckout, visits: Sequence[Visit], now: datetime
) -> list[Acknowledgement]:
    """Write down visits, each in a transaction of its own, and say what became of each, in their order.

    Sent twice is recorded once. One that cannot be written now loses no other and is asked for again. What arrives after
    the turf was given back is accepted and marked late, with its knock time; nobody who was taken out of the team
    records anything new. A wish not to be contacted holds from the moment in which it arrives.
    """
    end = _end_of(canvasser, checkout)
    return [_receive(canvasser, checkout, visit, end, now) for visit in visits]


def refresh_door(door: Door) -> None:
    """Write what a door shows, from all its attempts; the caller holds the row's lock."""
    status = door_status(knocks_of(door.attempts.all()))
    door.last_outcome, door.last_attempt_at = status.outcome, status.last_at
    door.save(update_fields=["last_outcome", "last_attempt_at"])


@dataclass(frozen=True)
class _End:
    """When somebody's time with a turf ended; `is_final` where they may add nothing that happened later."""

    at: datetime
    is_final: bool


def _end_of(canvasser: User, checkout: TurfCheckout) -> _End | None:
    if checkout.ended_at and checkout.end_reason == EndOfCheckout.REVOKED:
        return _End(checkout.ended_at, is_final=True)
    latest = (
        Membership.objects.filter(user=canvasser, team_id=checkout.turf.team_id).order_by("-asked_at").first()
    )
    # Also of a turf that was given back before: leaving the team is the end of all of them.
    if latest and latest.state == MembershipState.ENDED and latest.ended_at:
        return _End(latest.ended_at, is_final=True)
    return _End(checkout.ended_at, is_final=False) if checkout.ended_at else None


def _receive(
    canvasser: User, checkout: TurfCheckout, visit: Visit, end: _End | None, now: datetime
) -> Acknowledgement:
    try:
        with transaction.atomic():
            return _record(canvasser, checkout, visit, end, now)
    except NotYourAttempt:
        return Acknowledgement(visit.client_id, Receipt.REFUSED, Refused.NOT_YOUR_RECORD)
    except _PledgeRefused as error:
        return Acknowledgement(visit.client_id, Receipt.REFUSED, Refused.PLEDGE, str(error))
    except DatabaseError:
        # A deadlock, or a database that goes away: the phone keeps the record and sends it again.
        logger.exception("A visit could not be recorded; it will be sent again.")
        return Acknowledgement(visit.client_id, Receipt.AGAIN)


class _PledgeRefused(Exception):
    """The pledge typed at the door cannot be taken as it is."""


def _record(
    canvasser: User, checkout: TurfCheckout, visit: Visit, end: _End | None, now: datetime
) -> Acknowledgement:
    known = Attempt.objects.filter(client_id=visit.client_id).first()
    if known is not None:
        if known.by_id != canvasser.pk:
            raise NotYourAttempt
        return Acknowledgement(visit.client_id, Receipt.KNOWN, is_late=known.is_late)
    door = _locked_door(visit)
    if not _is_of(checkout, door, visit):
        return Acknowledgement(visit.client_id, Receipt.REFUSED, Refused.NOT_YOUR_DOOR)
    if end and end.is_final and visit.happened_at > end.at:
        return Acknowledgement(visit.client_id, Receipt.REFUSED, Refused.AFTER_THE_END)
    is_late = bool(end) or now > checkout.due_at
    took_pledge = _take_pledge(canvasser, checkout, visit, now)
    report = Report(
        client_id=visit.client_id,
        by=canvasser,
        riding_number=_riding_of(checkout),
        outcome=visit.outcome,
        # Nobody knocked before they had the turf: a clock that is wrong says so.
        happened_at=max(visit.happened_at, checkout.checked_out_at),
        team=checkout.turf.team,
        door=door,
        checkout=checkout,
        script_version=_version(checkout, visit),
        answers=visit.answers,
        note=visit.note,
        took_pledge=took_pledge,
        is_late=is_late,
        corrects=_corrected(canvasser, door, visit),
    )
    recorded = write_attempt(report=report, now=now)
    if door is not None:
        refresh_door(door)
    elif recorded.is_new and recorded.attempt.outcome == Outcome.DO_NOT_CONTACT:
        _suppress_lost_door(recorded.attempt, visit, canvasser, now)
    return Acknowledgement(
        visit.client_id, Receipt.ACCEPTED if recorded.is_new else Receipt.KNOWN, is_late=is_late
    )


def _locked_door(visit: Visit) -> Door | None:
    """Lock the door before anything is written, so that two visits of one door wait for each other."""
    return Door.objects.select_for_update(of=("self",), no_key=True).filter(pk=visit.door_id).first()


def _is_of(checkout: TurfCheckout, door: Door | None, visit: Visit) -> bool:
    if door is not None and door.turf_id == checkout.turf_id:
        return True
    if door is not None and door.address_digest != visit.address:
        return False
    return hmac.compare_digest(
        door_mark(checkout.pk, visit.door_id, visit.address).encode(), visit.mark.encode()
    )


def _riding_of(checkout: TurfCheckout) -> int:
    number = checkout.turf.contact_list.riding_number
    assert number is not None  # noqa: S101 — the database holds that doors belong to a riding
    return number


def _version(checkout: TurfCheckout, visit: Visit) -> ScriptVersion | None:
    script_id = checkout.turf.contact_list.script_id
    if not visit.script_version_id or not script_id:
        return None
    return ScriptVersion.objects.filter(pk=visit.script_version_id, script_id=script_id).first()


def _corrected(canvasser: User, door: Door | None, visit: Visit) -> Attempt | None:
    """Return what is corrected: a record of one's own at the same door; anything else is a visit in its own right."""
    if visit.corrects is None or door is None:
        return None
    return Attempt.objects.filter(client_id=visit.corrects, by=canvasser, door=door).first()


def _take_pledge(canvasser: User, checkout: TurfCheckout, visit: Visit, now: datetime) -> bool:
    """Hand a pledge to the app that keeps pledges; twice is once, by the id of the visit. Raises: _PledgeRefused."""
    if not visit.pledge:
        return False
    takers = functions_of("door_pledge_takers")
    for take in takers:
        problem = take(
            client_id=visit.client_id,
            riding_number=_riding_of(checkout),
            fields=visit.pledge,
            by_id=canvasser.pk,
            now=now,
        )
        if problem:
            raise _PledgeRefused(problem)
    return bool(takers)


def _suppress_lost_door(attempt: Attempt, visit: Visit, canvasser: User, now: datetime) -> None:
    """Apply a refusal at a door that is in no list any more: the address may come back with another list."""
    refusal = Refusal(
        {SuppressedThing.ADDRESS: visit.address},
        SuppressionSource.DOOR,
        attempt.happened_at,
        by=canvasser,
        attempt=attempt,
    )
    suppress(refusal=refusal, now=now)
