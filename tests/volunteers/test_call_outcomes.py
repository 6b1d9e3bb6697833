"""What came of a call, and what it moves."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.volunteers import calling as c
from tests.volunteers.contacting import NOON, contact
from volunteers.enums import (
    ContactState,
    EndOfLease,
    Kept,
    NoCall,
    NothingToCall,
    Outcome,
    SuppressedThing,
    SuppressionSource,
)
from volunteers.models import Attempt, CalledNumber, Contact, ContactList, RetryRule, Suppression
from volunteers.rules.callbacks import BadCallback
from volunteers.services.attempts import NotYourAttempt, Said
from volunteers.services.calls import (
    Alive,
    Dialled,
    Gone,
    NotYourCall,
    dial,
    heartbeat,
    record_outcome,
    skip_contact,
)
from volunteers.services.calls.outcomes import NoOutcomeOfACall
from volunteers.services.leases import end_leases_of, sweep_leases
from volunteers.services.phone_lists import activate_list, close_list, pause_list
from volunteers.services.suppression import Refusal, suppress

pytestmark = pytest.mark.django_db

WALL = datetime(2026, 11, 26, 9, 30)  # noqa: DTZ001 — by the voter's clock
LATER = NOON + timedelta(hours=1)


def wall(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour)  # noqa: DTZ001 — by the voter's clock


def state(row: Contact) -> str:
    row.refresh_from_db()
    return row.state


@pytest.mark.parametrize(
    ("outcome", "becomes", "attempts", "after"),
    [
        ("answered", "done", 1, timedelta(0)),
        ("refused", "done", 1, timedelta(0)),
        ("dnc", "suppressed", 0, None),
        ("moved", "done", 1, timedelta(0)),
        ("deceased", "invalid", 1, timedelta(0)),
        ("wrong", "invalid", 1, timedelta(0)),
        ("language", "held", 0, timedelta(hours=1)),
        ("call_back", "ready", 0, timedelta(hours=24)),
        ("voicemail", "ready", 1, timedelta(hours=48)),
        ("busy", "ready", 1, timedelta(minutes=30)),
        # 14:00 on a Wednesday: the next other time of day is Thursday at 17:00.
        ("no_answer", "ready", 1, timedelta(hours=27)),
    ],
)
def test_every_outcome_moves_the_contact_by_its_rule(
    outcome: str, becomes: str, attempts: int, after: timedelta | None
) -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    result = c.record(bruno, c.call(bruno), outcome)
    assert (state(voter), voter.attempt_count, voter.last_outcome) == (becomes, attempts, outcome)
    assert after is None or voter.next_at == NOON + after
    assert (result.is_new, result.kept) == (True, Kept.COUNTED)


def test_the_second_busy_in_a_row_is_like_no_answer_and_the_fourth_attempt_the_last() -> None:
    bruno, voter, at = c.caller(), contact(c.phone_list()), NOON
    seen = []
    for outcome in ("busy", "busy", "no_answer", "no_answer"):
        c.record(bruno, c.call(bruno, at), outcome, at)
        seen.append((state(voter), voter.attempt_count, voter.next_at))
        at = voter.next_at
    half_past = NOON + timedelta(minutes=30)
    assert [row[:2] for row in seen] == [("ready", 1), ("ready", 2), ("ready", 3), ("exhausted", 4)]
    assert (seen[0][2], seen[1][2]) == (half_past, datetime(2026, 11, 26, 22, 0, tzinfo=UTC))


def test_organizers_rules_hold_and_outcomes_without_one_follow_the_defaults() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    RetryRule.objects.filter(outcome="busy").update(retry_after_minutes=5, again_as="")
    RetryRule.objects.filter(outcome="voicemail").delete()
    c.record(bruno, c.call(bruno), "busy")
    assert (state(voter), voter.next_at) == ("ready", NOON + timedelta(minutes=5))
    c.record(bruno, c.call(bruno, voter.next_at), "voicemail", voter.next_at)
    before = voter.next_at
    assert (state(voter), voter.next_at) == ("ready", before + timedelta(hours=48))


@pytest.mark.parametrize(
    ("outcome", "elsewhere"), [("wrong", "invalid"), ("deceased", "invalid"), ("refused", "done")]
)
def test_what_closes_a_number_closes_it_on_every_list_and_a_correction_opens_it_again(
    outcome: str, elsewhere: str
) -> None:
    bruno, here, there = c.caller(), contact(c.phone_list()), contact(c.phone_list(), priority=0)
    offer = c.call(bruno)
    c.record(bruno, offer, outcome)
    assert (state(here), state(there)) == (elsewhere, elsewhere)
    corrected = c.record(bruno, offer, "no_answer", LATER)
    assert (corrected.kept, state(here), state(there)) == (Kept.CORRECTION, "ready", "ready")
    assert corrected.attempt.corrects is not None
    assert (corrected.attempt.corrects.outcome, here.attempt_count) == (outcome, 1)


def test_whoever_was_reached_has_peace_from_other_lists_for_a_week() -> None:
    bruno, there = c.caller(), contact(c.phone_list(), next_at=NOON + timedelta(minutes=1))
    contact(c.phone_list())
    c.record(bruno, c.call(bruno))
    assert (state(there), there.next_at) == ("ready", NOON + timedelta(days=7))


def test_sent_twice_it_is_recorded_once_and_answered_alike() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    offer, sent = c.call(bruno), c.said("call_back", callback_wall=WALL)
    first, again = [
        record_outcome(lease_id=offer.lease_id, caller=bruno, submission=sent, now=at) for at in (NOON, LATER)
    ]
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.attempt, again.kept, again.promised_at) == (first.attempt, first.kept, first.promised_at)
    assert Attempt.objects.count() == 1
    assert (state(voter), voter.callback_at) == ("ready", datetime(2026, 11, 26, 14, 30, tzinfo=UTC))


def test_an_opt_out_ends_everything_and_no_correction_undoes_it() -> None:
    bruno, voter, other = c.caller(), contact(c.phone_list()), contact(c.phone_list(), priority=0)
    offer = c.call(bruno)
    result = c.record(bruno, offer, "answered", answers=(Said("support", "never"),))
    assert result.attempt.outcome == Outcome.DO_NOT_CONTACT
    assert (state(voter), state(other), Suppression.objects.count()) == ("suppressed", "suppressed", 1)
    corrected = c.record(bruno, offer, "answered", LATER)
    assert (corrected.kept, state(voter)) == (Kept.CORRECTION, "suppressed")
    assert Suppression.objects.filter(lifted_at=None).count() == 1


def test_an_opt_out_elsewhere_stops_whoever_is_dialling() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    offer = c.call(bruno)
    heard = Refusal({SuppressedThing.PHONE: voter.phone_digest}, SuppressionSource.DOOR, NOON)
    suppress(refusal=heard, now=NOON)
    assert heartbeat(lease_id=offer.lease_id, caller=bruno, now=NOON) == Gone(NoCall.DO_NOT_CALL)
    assert dial(lease_id=offer.lease_id, caller=bruno, now=NOON) == Gone(NoCall.DO_NOT_CALL)
    typed = c.record(bruno, offer, "answered", note="She said yes")
    assert (typed.kept, state(voter)) == (Kept.LATE, "suppressed")


def test_after_a_sleep_of_two_hours_it_counts_if_nobody_took_the_voter_over() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    offer = c.call(bruno)
    assert sweep_leases(now=NOON + timedelta(minutes=10)) == 1
    result = c.record(bruno, offer, "answered", NOON + timedelta(hours=2))
    assert (result.kept, state(voter), voter.attempt_count) == (Kept.COUNTED, "done", 1)
    assert result.attempt.corrects is not None
    assert result.attempt.corrects.outcome == Outcome.UNKNOWN


def test_after_somebody_took_the_voter_over_it_is_kept_as_late_and_moves_nothing() -> None:
    bruno, eve, voter = c.caller(), c.caller("eve@example.org"), contact(c.phone_list())
    mine = c.claim(bruno)
    theirs = c.claim(eve, mine.expires_at)
    result = c.record(bruno, mine, "wrong", LATER, note="Talked with her son")
    assert (result.kept, state(voter), result.attempt.note) == (Kept.LATE, "ready", "Talked with her son")
    assert c.lease_of(theirs).ended_at is None
    later = c.record(bruno, mine, "dnc", LATER)
    assert (later.kept, state(voter)) == (Kept.LATE, "suppressed")
    assert c.lease_of(theirs).end_reason == EndOfLease.SUPPRESSED


def test_a_late_promise_is_kept() -> None:
    bruno, eve, voter = c.caller(), c.caller("eve@example.org"), contact(c.phone_list())
    mine = c.claim(bruno)
    c.claim(eve, mine.expires_at)
    result = c.record(bruno, mine, "call_back", LATER, callback_wall=wall(26, 10))
    assert (result.kept, result.promised_at) == (Kept.LATE, datetime(2026, 11, 26, 15, tzinfo=UTC))
    assert (state(voter), voter.callback_owner) == ("ready", bruno)


def test_an_outcome_for_an_organizer_waits_for_one() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    c.record(bruno, c.call(bruno), "no_answer", for_organizer=True)
    assert state(voter) == ContactState.HELD


def test_a_callback_is_the_owners_for_a_quarter_of_an_hour_then_everybodys() -> None:
    bruno, eve, list_ = c.caller(), c.caller("eve@example.org"), c.phone_list()
    voter = contact(list_, next_at=NOON - timedelta(days=1))
    c.record(bruno, c.call(bruno), "call_back", callback_wall=wall(25, 15))
    due = datetime(2026, 11, 25, 20, tzinfo=UTC)
    waiting = contact(list_, "+16135550177", next_at=NOON - timedelta(days=9))
    assert c.claim(eve, due - timedelta(minutes=20)).contact_id == waiting.pk
    assert c.claim(bruno, due).promised_by_caller
    skip_contact(lease_id=c.claim(bruno, due).lease_id, caller=bruno, now=due)
    c.record(eve, c.claim(eve, due), "answered", due)
    assert c.nothing(eve, due + timedelta(minutes=14)).reason == NothingToCall.EMPTY
    assert c.claim(eve, due + timedelta(minutes=15)).contact_id == voter.pk


def test_a_callback_of_a_voter_who_wants_no_contact_is_dropped() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    offer = c.call(bruno)
    c.record(bruno, offer, "call_back", callback_wall=wall(25, 15))
    c.record(bruno, offer, "dnc")
    assert (state(voter), voter.callback_at, voter.callback_owner) == ("suppressed", None, None)


def test_a_callback_outside_of_hours_is_moved_and_told() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    result = c.record(bruno, c.call(bruno), "call_back", callback_wall=wall(28, 20))
    assert (result.promised_at, result.was_moved) == (datetime(2026, 11, 29, 15, tzinfo=UTC), True)
    assert (state(voter), voter.next_at) == ("ready", result.promised_at)


def test_calls_are_not_dialled_outside_hours_but_a_talk_may_finish() -> None:
    last_minute = datetime(2026, 11, 26, 2, 29, tzinfo=UTC)  # 21:29 in Ottawa
    closed = last_minute + timedelta(minutes=1)
    bruno, eve = c.caller(), c.caller("eve@example.org")
    c.voters(2, c.phone_list(), next_at=NOON)
    talks, waits = c.call(bruno, last_minute), c.claim(eve, last_minute)
    assert dial(lease_id=waits.lease_id, caller=eve, now=closed) == Gone(NoCall.OUTSIDE_HOURS)
    again = dial(lease_id=talks.lease_id, caller=bruno, now=closed)
    assert isinstance(again, Dialled)
    assert again.dialled_at == last_minute
    assert isinstance(heartbeat(lease_id=talks.lease_id, caller=bruno, now=closed), Alive)
    assert c.record(bruno, talks, "answered", closed + timedelta(minutes=20)).kept == Kept.COUNTED


def test_dialling_enters_the_register_once_a_day_and_script() -> None:
    bruno, voter = c.caller(), contact(c.phone_list())
    offer = c.call(bruno)
    dial(lease_id=offer.lease_id, caller=bruno, now=NOON)
    row = CalledNumber.objects.get()
    assert (row.e164, row.called_on, row.riding_number) == (voter.phone, NOON.date(), voter.riding_number)
    assert (row.script_version_id, row.kept_until) == (
        offer.script_version_id,
        NOON.date() + timedelta(days=417),
    )
    ContactList.objects.all().delete()
    assert CalledNumber.objects.count() == 1


def test_signs_of_life_keep_a_call_for_at_most_45_minutes() -> None:
    bruno = c.caller()
    contact(c.phone_list())
    offer = c.call(bruno)
    for minute in range(1, 46):
        beat = heartbeat(lease_id=offer.lease_id, caller=bruno, now=NOON + timedelta(minutes=minute))
        assert isinstance(beat, Alive) == (minute < 45)
    assert heartbeat(lease_id=offer.lease_id, caller=bruno, now=LATER) == Gone(NoCall.LAPSED)
    assert c.record(bruno, offer, "answered", LATER).kept == Kept.COUNTED


def test_a_caller_who_may_call_no_more_loses_the_call_and_what_they_typed_is_kept_as_late() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    dialled, fresh = c.voters(2, c.phone_list())
    offer = c.call(bruno)
    assert end_leases_of(user=bruno, reason=EndOfLease.REVOKED, now=NOON) == 1
    assert heartbeat(lease_id=offer.lease_id, caller=bruno, now=NOON) == Gone(NoCall.REVOKED)
    assert c.record(bruno, offer, "answered").kept == Kept.LATE
    assert (state(dialled), dialled.next_at) == ("ready", NOON + timedelta(minutes=60))
    undialled = c.claim(eve)
    assert undialled.contact_id == fresh.pk
    end_leases_of(user=eve, reason=EndOfLease.REVOKED, now=NOON)
    assert c.claim(bruno).contact_id == fresh.pk


def test_a_paused_list_hands_out_nobody_and_calls_under_way_end_as_ever() -> None:
    bruno, eve, list_ = c.caller(), c.caller("eve@example.org"), c.phone_list()
    c.voters(2, list_)
    offer = c.call(bruno)
    assert (pause_list(contact_list=list_), pause_list(contact_list=list_)) == (True, False)
    assert c.nothing(eve).reason == NothingToCall.NO_LIST
    assert isinstance(heartbeat(lease_id=offer.lease_id, caller=bruno, now=NOON), Alive)
    assert c.record(bruno, offer).kept == Kept.COUNTED
    assert activate_list(contact_list=list_)
    assert c.claim(eve)


def test_a_closed_list_lets_whoever_talks_finish_within_the_grace() -> None:
    bruno, eve, list_ = c.caller(), c.caller("eve@example.org"), c.phone_list()
    c.voters(2, list_)
    talks, waits = c.call(bruno), c.claim(eve)
    assert (close_list(contact_list=list_, now=NOON), activate_list(contact_list=list_)) == (True, False)
    assert dial(lease_id=waits.lease_id, caller=eve, now=NOON) == Gone(NoCall.CLOSED)
    grace = NOON + timedelta(minutes=15)
    beat = heartbeat(lease_id=talks.lease_id, caller=bruno, now=NOON + timedelta(minutes=14))
    assert beat == Alive(grace, is_closing=True)
    assert heartbeat(lease_id=talks.lease_id, caller=bruno, now=grace) == Gone(NoCall.CLOSED)
    assert c.record(bruno, talks, "answered", grace).kept == Kept.COUNTED


def test_a_call_is_its_holders_alone() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    contact(c.phone_list())
    offer = c.claim(bruno)
    acts: list[Any] = [dial, heartbeat, skip_contact]
    for act in acts:
        with pytest.raises(NotYourCall):
            act(lease_id=offer.lease_id, caller=eve, now=NOON)
    with pytest.raises(NotYourCall):
        c.record(eve, offer)


def test_what_is_no_outcome_of_a_call_is_refused_and_changes_nothing() -> None:
    bruno = c.caller()
    contact(c.phone_list())
    offer = c.call(bruno)
    with pytest.raises(NoOutcomeOfACall):
        c.record(bruno, offer, "not_home")
    with pytest.raises(BadCallback):
        c.record(bruno, offer, "call_back", callback_wall=wall(24, 12))
    assert (Attempt.objects.count(), c.lease_of(offer).ended_at) == (0, None)


def test_an_id_of_somebody_else_is_not_answered_for() -> None:
    bruno, eve, shared = c.caller(), c.caller("eve@example.org"), uuid4()
    c.voters(2, c.phone_list())
    c.record(bruno, c.call(bruno), client_id=shared)
    offer = c.call(eve)
    with pytest.raises(NotYourAttempt):
        c.record(eve, offer, client_id=shared)
