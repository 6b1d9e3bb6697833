"""What phones send arrives once, in any order, however late; failure cases 10, 11, 31 to 33 and 35."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DataError, connection

from tests.volunteers.contacting import NOON, contact, contact_list, team, volunteer
from tests.volunteers.walking import LATER, doors_of, visit, walk
from volunteers.enums import EndOfCheckout, EndOfMembership, MembershipState, Outcome
from volunteers.models import Attempt, Door, Membership, ScriptVersion, Suppression, TurfCheckout
from volunteers.queries.walks import door_mark
from volunteers.services import visits as service
from volunteers.services.attempts import Said, write_attempt
from volunteers.services.turfs import delete_turf
from volunteers.services.visits import Refused, Visit, record_visits

pytestmark = pytest.mark.django_db


def send(checkout: TurfCheckout, *sent: Visit, now: Any = LATER, by: Any = None) -> list[tuple[str, str]]:
    """Send visits; return receipt and reason of each."""
    answers = record_visits(canvasser=by or checkout.holder, checkout=checkout, visits=sent, now=now)
    return [(answer.receipt.value, answer.reason) for answer in answers]


def test_visits_are_recorded_with_what_was_said_and_their_knock_time() -> None:
    checkout = walk()
    version = ScriptVersion.objects.latest("pk")
    first, second, _third = doors_of(checkout)
    talk = visit(first, answers=(Said("support", "yes"),), note="Nice", script_version_id=version.pk)

    assert send(checkout, talk, visit(second, Outcome.NOT_HOME)) == [("accepted", ""), ("accepted", "")]

    row = Attempt.objects.get(door=first)
    assert (row.by, row.team, row.checkout, row.riding_number) == (
        checkout.holder, checkout.turf.team, checkout, 35075
    )  # fmt: skip
    assert (row.happened_at, row.received_at, row.note) == (NOON + timedelta(minutes=5), LATER, "Nice")
    assert (row.is_success, row.is_late, row.script_version) == (True, False, version)
    shown = Door.objects.filter(turf=checkout.turf).order_by("walk_position")
    assert list(shown.values_list("last_outcome", flat=True)) == ["answered", "not_home", ""]


def test_a_sync_that_was_interrupted_is_sent_again_and_recorded_once() -> None:
    checkout = walk(doors=30)
    sent = [visit(one, Outcome.NOT_HOME) for one in doors_of(checkout)]
    send(checkout, *sent[:12])

    receipts = [receipt for receipt, _reason in send(checkout, *sent)]

    assert receipts == ["known"] * 12 + ["accepted"] * 18
    assert Attempt.objects.count() == 30


def test_one_record_that_cannot_be_written_loses_no_other_and_is_asked_for_again() -> None:
    checkout = walk()
    one, two, three = (visit(door) for door in doors_of(checkout))
    real = write_attempt

    def broken(*, report: Any, now: Any) -> Any:
        if report.client_id == two.client_id:
            raise DataError
        return real(report=report, now=now)

    with patch.object(service, "write_attempt", broken):
        assert send(checkout, one, two, three) == [("accepted", ""), ("again", ""), ("accepted", "")]
    assert send(checkout, one, two, three) == [("known", ""), ("accepted", ""), ("known", "")]


@pytest.mark.parametrize("reason", [EndOfCheckout.RETURNED, EndOfCheckout.EXPIRED, EndOfCheckout.RECLAIMED])
def test_what_arrives_after_the_turf_went_to_somebody_else_is_kept_and_marked_late(reason: str) -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    TurfCheckout.objects.update(ended_at=NOON + timedelta(hours=1), end_reason=reason)
    checkout.refresh_from_db()
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    hers = TurfCheckout.objects.create(
        turf=checkout.turf,
        holder=eve,
        checked_out_at=NOON + timedelta(hours=1),
        due_at=NOON + timedelta(days=9),
    )
    send(hers, visit(door, Outcome.NOT_HOME, minutes=100))

    assert send(checkout, visit(door, Outcome.REFUSED)) == [("accepted", "")]

    door.refresh_from_db()
    assert (door.last_outcome, door.last_attempt_at) == (Outcome.REFUSED, NOON + timedelta(minutes=100))
    assert list(Attempt.objects.order_by("happened_at").values_list("is_late", flat=True)) == [True, False]


def test_who_left_the_team_records_nothing_new_at_turfs_given_back_before() -> None:
    checkout = walk()
    one, two, _three = doors_of(checkout)
    TurfCheckout.objects.update(ended_at=NOON + timedelta(minutes=20), end_reason=EndOfCheckout.RETURNED)
    ended = {"ended_at": NOON + timedelta(minutes=30), "end_reason": EndOfMembership.REMOVED}
    Membership.objects.update(state=MembershipState.ENDED, **ended)
    checkout.refresh_from_db()

    answers = send(checkout, visit(one, minutes=29), visit(two, minutes=31))

    assert answers == [("accepted", ""), ("refused", "after_the_end")]


def test_what_arrives_after_the_turf_was_taken_apart_is_kept() -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    TurfCheckout.objects.update(ended_at=NOON + timedelta(hours=1), end_reason=EndOfCheckout.RETURNED)
    delete_turf(turf_id=checkout.turf_id, now=NOON + timedelta(hours=2))
    checkout.refresh_from_db()
    mark = door_mark(checkout.pk, door.pk, door.address_digest)

    assert send(checkout, visit(door, mark=mark, address=door.address_digest)) == [("accepted", "")]

    assert list(Attempt.objects.values_list("door", "is_late")) == [(door.pk, True)]


def test_what_arrives_after_the_due_date_is_late() -> None:
    checkout = walk()
    send(checkout, visit(doors_of(checkout)[0]), now=NOON + timedelta(days=8))
    assert Attempt.objects.get().is_late is True


def test_somebody_taken_out_of_the_team_hands_in_what_was_typed_and_nothing_new() -> None:
    checkout = walk()
    one, two, _three = doors_of(checkout)
    ended = {"ended_at": NOON + timedelta(minutes=30), "end_reason": EndOfMembership.REMOVED}
    Membership.objects.update(state=MembershipState.ENDED, **ended)

    answers = send(checkout, visit(one, minutes=29), visit(two, minutes=31))

    assert answers == [("accepted", ""), ("refused", Refused.AFTER_THE_END)]
    assert list(Attempt.objects.values_list("door", "is_late")) == [(one.pk, True)]


def test_a_turf_taken_from_somebody_who_left_takes_nothing_new_either() -> None:
    checkout = walk()
    one, two, _three = doors_of(checkout)
    checkout.ended_at, checkout.end_reason = NOON + timedelta(minutes=30), EndOfCheckout.REVOKED
    checkout.save()
    assert send(checkout, visit(one, minutes=29), visit(two, minutes=31)) == [
        ("accepted", ""), ("refused", "after_the_end")
    ]  # fmt: skip


def test_a_refusal_recorded_offline_holds_from_its_arrival_and_keeps_its_knock_time() -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    called = contact(contact_list(), address_digest=door.address_digest)

    send(checkout, visit(door, Outcome.DO_NOT_CONTACT))

    door.refresh_from_db()
    called.refresh_from_db()
    entry = Suppression.objects.get()
    assert (entry.said_at, entry.recorded_at) == (NOON + timedelta(minutes=5), LATER)
    assert (door.suppressed_at, called.state) == (LATER, "suppressed")


def test_doors_and_records_of_others_are_refused() -> None:
    mine, theirs = walk(), walk(volunteer("dev@example.org"), of=team(59003))
    known = visit(doors_of(theirs)[0])
    send(theirs, known)
    stolen = replace(known, door_id=doors_of(mine)[0].pk)
    forged = visit(doors_of(theirs)[1], address=doors_of(theirs)[1].address_digest, mark="0" * 24)

    assert send(mine, visit(doors_of(theirs)[1]), stolen, forged) == [
        ("refused", "not_your_door"), ("refused", "not_your_record"), ("refused", "not_your_door")
    ]  # fmt: skip
    assert Attempt.objects.count() == 1


def test_a_door_that_was_put_into_another_turf_meanwhile_still_counts() -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    mark = door_mark(checkout.pk, door.pk, door.address_digest)
    Door.objects.filter(pk=door.pk).update(turf=None)
    assert send(checkout, visit(door, address=door.address_digest, mark=mark)) == [("accepted", "")]
    assert Attempt.objects.get().door == door


def test_a_door_that_was_deleted_meanwhile_leaves_its_attempt_and_a_refusal_holds() -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    pk, address = door.pk, door.address_digest
    mark = door_mark(checkout.pk, pk, address)
    door.delete()
    sent = replace(
        visit(doors_of(checkout)[0], Outcome.DO_NOT_CONTACT), door_id=pk, address=address, mark=mark
    )

    assert send(checkout, sent) == [("accepted", "")]

    attempt = Attempt.objects.get()
    assert (attempt.door, attempt.channel, attempt.riding_number) == (None, "door", 35075)
    assert list(Suppression.objects.values_list("digest", "attempt")) == [(address, attempt.pk)]


def test_a_clock_that_is_wrong_moves_no_knock_out_of_the_time_one_held_the_turf() -> None:
    checkout = walk()
    one, two, _three = doors_of(checkout)
    send(checkout, visit(one, minutes=-90_000), visit(two, minutes=90_000))
    assert list(Attempt.objects.order_by("happened_at").values_list("happened_at", flat=True)) == [
        NOON,
        LATER,
    ]


def test_one_corrects_ones_own_record_and_nobody_elses() -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    slip = visit(door)
    send(checkout, slip)
    fixed = visit(door, Outcome.NOT_HOME, minutes=6, corrects=slip.client_id)
    send(checkout, fixed)
    send(checkout, visit(door, Outcome.NOT_HOME, minutes=7, corrects=slip.client_id), by=eve)

    corrected = Attempt.objects.order_by("happened_at").values_list("corrects__client_id", flat=True)
    assert list(corrected) == [None, slip.client_id, None]
    door.refresh_from_db()
    assert door.last_outcome == Outcome.NOT_HOME


def test_two_phones_in_any_order_leave_the_door_the_same() -> None:
    checkout = walk(doors=1)
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    door = doors_of(checkout)[0]
    seen = set()
    for order in permutations(
        [(Outcome.ANSWERED, 10, None), (Outcome.REFUSED, 40, eve), (Outcome.NOT_HOME, 90, None)]
    ):
        Attempt.objects.all().delete()
        for outcome, minutes, by in order:
            send(checkout, visit(door, outcome, minutes=minutes), by=by)
        door.refresh_from_db()
        seen.add((door.last_outcome, door.last_attempt_at))
    assert seen == {("refused", NOON + timedelta(minutes=90))}


@pytest.mark.django_db(transaction=True)
def test_the_same_record_sent_by_two_tabs_at_once_is_one() -> None:
    checkout = walk(doors=1)
    sent = visit(doors_of(checkout)[0])
    together, receipts = Barrier(4), []

    def post() -> None:
        together.wait()
        receipts.extend(send(checkout, sent))
        connection.close()

    threads = [Thread(target=post) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(receipt for receipt, _reason in receipts) == ["accepted", "known", "known", "known"]
    assert Attempt.objects.count() == 1
