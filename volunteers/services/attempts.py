"""Writing down what came of a door or a call: the one place for both, so that a refusal counts at once whatever way it came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from supporters.models import User
from volunteers.enums import Channel, Effect, Outcome, SuppressedThing, SuppressionSource
from volunteers.models import (
    Attempt,
    AttemptAnswer,
    Contact,
    Door,
    Lease,
    ScriptOption,
    ScriptQuestion,
    ScriptVersion,
    Team,
    TurfCheckout,
)
from volunteers.models.attempts import ANSWER_LENGTH, NOTE_LENGTH
from volunteers.services.suppression import Refusal, suppress

_HEARD = {Channel.DOOR: SuppressionSource.DOOR, Channel.PHONE: SuppressionSource.CALL}


class NotYourAttempt(Exception):
    """Somebody else has recorded an attempt under this id."""


@dataclass(frozen=True)
class Said:
    """An answer as it comes from the browser: keys of the script, or words."""

    question: str
    option: str = ""
    text: str = ""


@dataclass(frozen=True)
class Report:
    """What somebody says came of an attempt; either a door or a contact. `happened_at` by their clock."""

    client_id: UUID
    by: User
    riding_number: int
    outcome: Outcome
    happened_at: datetime
    team: Team | None = None
    door: Door | None = None
    checkout: TurfCheckout | None = None
    contact: Contact | None = None
    lease: Lease | None = None
    script_version: ScriptVersion | None = None
    answers: tuple[Said, ...] = ()
    note: str = ""
    took_pledge: bool = False
    is_late: bool = False
    corrects: Attempt | None = None

    @property
    def channel(self) -> Channel:
        """Return the way by which the voter was reached."""
        # The door itself may be gone: its list was deleted while a phone was offline.
        return Channel.DOOR if self.door or self.checkout else Channel.PHONE


@dataclass(frozen=True)
class Recorded:
    """The attempt of a report; `is_new` is False where it had been recorded before."""

    attempt: Attempt
    is_new: bool


@transaction.atomic
def write_attempt(*, report: Report, now: datetime) -> Recorded:
    """Record an attempt with its answers; where the voter wants no contact, that holds from this transaction on.

    Sent twice it is recorded once, as it came first. Answers to questions that the script does not know (a newer or older
    copy on a phone) are kept in the note. Moves neither the door nor the contact: that is the caller's to do.
    Raises: NotYourAttempt.
    """
    known = Attempt.objects.filter(client_id=report.client_id).first()
    if known is None:
        answers, unknown = _understood(report)
        attempt, is_new = Attempt.objects.get_or_create(
            client_id=report.client_id, defaults=_fields(report, answers, unknown, now)
        )
        if is_new:
            for answer in answers:
                answer.attempt = attempt
            AttemptAnswer.objects.bulk_create(answers)
            _suppress_if_asked(attempt, report, now)
            return Recorded(attempt, is_new=True)
        known = attempt
    if known.by_id != report.by.pk:
        raise NotYourAttempt
    return Recorded(known, is_new=False)


def _understood(report: Report) -> tuple[list[AttemptAnswer], list[Said]]:
    if not report.answers:
        return [], []
    questions = ScriptQuestion.objects.filter(version=report.script_version).prefetch_related("options")
    by_key = {question.key: question for question in questions}
    answers: dict[int, AttemptAnswer] = {}
    unknown = []
    for said in report.answers:
        question = by_key.get(said.question)
        option = _option(question, said.option) if question else None
        text = said.text.strip()[:ANSWER_LENGTH]
        if question is None or (said.option and option is None):
            unknown.append(said)
        elif option or text:
            answers[question.pk] = AttemptAnswer(question=question, option=option, text=text)
    return list(answers.values()), unknown


def _option(question: ScriptQuestion, key: str) -> ScriptOption | None:
    return next((option for option in question.options.all() if option.key == key), None)


def _fields(
    report: Report, answers: list[AttemptAnswer], unknown: list[Said], now: datetime
) -> dict[str, object]:
    effects = {answer.option.effect for answer in answers if answer.option}
    outcome = Outcome.DO_NOT_CONTACT if Effect.DO_NOT_CONTACT in effects else report.outcome
    left_over = "; ".join(f"{said.question}: {said.option or said.text}" for said in unknown)
    return {
        "channel": report.channel,
        "riding_number": report.riding_number,
        "team": report.team,
        "by": report.by,
        "door": report.door,
        "checkout": report.checkout,
        "contact": report.contact,
        "lease": report.lease,
        "script_version": report.script_version,
        "outcome": outcome,
        "is_success": Effect.SUCCESS in effects,
        "took_pledge": report.took_pledge,
        "is_late": report.is_late,
        "corrects": report.corrects,
        "note": " · ".join(part for part in (report.note.strip(), left_over) if part)[:NOTE_LENGTH],
        "happened_at": min(report.happened_at, now),
        "received_at": now,
    }


def _suppress_if_asked(attempt: Attempt, report: Report, now: datetime) -> None:
    if attempt.outcome != Outcome.DO_NOT_CONTACT:
        return
    digests = {}
    if report.door:
        digests[SuppressedThing.ADDRESS] = report.door.address_digest
    if report.contact:
        digests[SuppressedThing.PHONE] = report.contact.phone_digest
        digests[SuppressedThing.ADDRESS] = report.contact.address_digest
    refusal = Refusal(digests, _HEARD[report.channel], attempt.happened_at, by=report.by, attempt=attempt)
    suppress(refusal=refusal, now=now)
