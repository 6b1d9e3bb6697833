"""What came of a door or a call is written once, and a refusal counts at once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from supporters.models import User
from tests.volunteers.contacting import NOON, RIDING, contact, contact_list, door, script_version, volunteer
from volunteers.enums import Channel, ContactState, EndOfLease, Outcome, SuppressedThing
from volunteers.models import Attempt, Lease, Suppression
from volunteers.services.attempts import NotYourAttempt, Report, Said, write_attempt
from volunteers.services.suppression import LiftedWithoutNote, lift_suppression

pytestmark = pytest.mark.django_db


def report(by: User, **fields: Any) -> Report:
    given: dict[str, Any] = {
        "client_id": uuid4(),
        "by": by,
        "riding_number": RIDING,
        "outcome": Outcome.ANSWERED,
    }
    return Report(**{**given, "happened_at": NOON, **fields})


def test_an_attempt_sent_twice_is_written_once_as_it_came_first() -> None:
    bruno, voter = volunteer(), contact(contact_list())
    first = report(bruno, contact=voter, note="Nice talk")
    again = report(bruno, contact=voter, client_id=first.client_id, outcome=Outcome.BUSY)
    one, two = write_attempt(report=first, now=NOON), write_attempt(report=again, now=NOON)
    assert (one.is_new, two.is_new) == (True, False)
    assert list(Attempt.objects.values_list("outcome", "note")) == [("answered", "Nice talk")]


def test_an_attempt_of_somebody_else_is_not_answered_for() -> None:
    voter = contact(contact_list())
    first = report(volunteer(), contact=voter)
    write_attempt(report=first, now=NOON)
    with pytest.raises(NotYourAttempt):
        write_attempt(
            report=report(volunteer("eve@example.org"), contact=voter, client_id=first.client_id), now=NOON
        )


def test_answers_are_kept_and_unknown_ones_go_into_the_note() -> None:
    version = script_version()
    said = (
        Said("support", "yes"),
        Said("why", text=" For my kids "),
        Said("old", "maybe"),
        Said("support", "?"),
    )
    written = report(volunteer(), contact=contact(contact_list()), script_version=version, answers=said)
    attempt = write_attempt(report=written, now=NOON).attempt
    answers = attempt.answers.order_by("question__display_order").values_list("option__key", "text")
    assert list(answers) == [("yes", ""), (None, "For my kids")]
    assert (attempt.is_success, attempt.note) == (True, "old: maybe; support: ?")


def test_an_attempt_never_happened_in_the_future() -> None:
    written = report(volunteer(), contact=contact(contact_list()), happened_at=NOON + timedelta(hours=3))
    assert write_attempt(report=written, now=NOON).attempt.happened_at == NOON


def test_an_answer_that_forbids_contact_does_so_on_every_list_and_ends_the_call_of_another() -> None:
    bruno, eve, version = volunteer(), volunteer("eve@example.org"), script_version()
    voter, elsewhere = contact(contact_list()), contact(contact_list())
    stranger = contact(contact_list(), "+16135550199")
    lease = Lease.objects.create(
        contact=elsewhere, caller=eve, phone_digest=elsewhere.phone_digest, household_key="x", issued_at=NOON,
        heartbeat_at=NOON, expires_at=NOON + timedelta(minutes=5),
    )  # fmt: skip
    said = (Said("support", "never"),)
    written = report(bruno, contact=voter, script_version=version, answers=said)
    attempt = write_attempt(report=written, now=NOON).attempt
    for row in (voter, elsewhere, stranger, lease):
        row.refresh_from_db()
    assert attempt.outcome == Outcome.DO_NOT_CONTACT
    assert [row.state for row in (voter, elsewhere, stranger)] == [
        ContactState.SUPPRESSED, ContactState.SUPPRESSED, ContactState.READY
    ]  # fmt: skip
    assert (lease.ended_at, lease.end_reason) == (NOON, EndOfLease.SUPPRESSED)


def test_a_refusal_at_the_door_stops_calls_to_that_address_and_counts_from_when_it_was_said() -> None:
    doors = contact_list(Channel.DOOR)
    refused, next_door = door(doors, 1), door(doors, 3)
    called = contact(contact_list(), address_digest=refused.address_digest)
    knocked = NOON - timedelta(hours=5)
    written = report(volunteer(), door=refused, outcome=Outcome.DO_NOT_CONTACT, happened_at=knocked)
    write_attempt(report=written, now=NOON)
    for row in (refused, next_door, called):
        row.refresh_from_db()
    assert (refused.suppressed_at, next_door.suppressed_at) == (NOON, None)
    assert called.state == ContactState.SUPPRESSED
    assert list(Suppression.objects.values_list("thing", "source", "said_at")) == [
        ("address", "door", knocked)
    ]


def test_lifting_needs_a_note_and_keeps_the_history() -> None:
    refused = door(contact_list(Channel.DOOR))
    by = volunteer()
    write_attempt(report=report(by, door=refused, outcome=Outcome.DO_NOT_CONTACT), now=NOON)
    entry = Suppression.objects.get(thing=SuppressedThing.ADDRESS)
    with pytest.raises(LiftedWithoutNote):
        lift_suppression(suppression=entry, note=" ", by=by, now=NOON)
    assert lift_suppression(suppression=entry, note="Called us", by=by, now=NOON)
    assert not lift_suppression(suppression=entry, note="Again", by=by, now=NOON)
    refused.refresh_from_db()
    assert refused.suppressed_at is None
    write_attempt(report=report(by, door=refused, outcome=Outcome.DO_NOT_CONTACT), now=NOON)
    assert list(Suppression.objects.order_by("id").values_list("lift_note", flat=True)) == ["Called us", ""]
