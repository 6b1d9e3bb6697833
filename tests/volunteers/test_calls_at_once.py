"""Many callers in the same moment, with real commits: never two for one voter."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from supporters.models import User
from tests.volunteers import calling as c
from tests.volunteers.contacting import NOON, contact
from volunteers.enums import EndOfLease, Kept
from volunteers.models import Attempt, Contact, Lease, Membership
from volunteers.queries.calls import Offer
from volunteers.services.calls import Nothing, Result, next_contact, record_outcome
from volunteers.services.leases import end_leases_of, sweep_leases

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Start all in the same moment, each with a connection of its own; return what they returned or raised."""
    barrier, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=20)
            answers[number] = acts[number]()
        except Exception as error:  # noqa: BLE001 — looked at by the test
            answers[number] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.fixture
def crew() -> list[User]:
    return [c.caller(f"caller{number}@example.org") for number in range(12)]


def claims(crew: list[User]) -> list[Callable[[], Offer | Nothing]]:
    return [lambda who=one: next_contact(caller=who, now=NOON) for one in crew]  # type: ignore[misc]


def test_twelve_callers_get_twelve_voters(crew: list[User]) -> None:
    c.voters(30, c.phone_list())
    offers = at_once(claims(crew))
    assert [type(one) for one in offers] == [Offer] * 12
    assert len({one.contact_id for one in offers}) == 12


def test_twelve_callers_and_five_voters(crew: list[User]) -> None:
    c.voters(5, c.phone_list())
    offers = at_once(claims(crew))
    got = [one.contact_id for one in offers if isinstance(one, Offer)]
    assert (len(got), len(set(got)), sum(isinstance(one, Nothing) for one in offers)) == (5, 5, 7)


def test_a_caller_who_clicks_twelve_times_holds_one_voter() -> None:
    bruno = c.caller()
    c.voters(12, c.phone_list())
    offers = at_once(claims([bruno] * 12))
    assert len({one.lease_id for one in offers}) == 1
    assert sorted(one.is_resumed for one in offers) == [False] + [True] * 11
    assert Lease.objects.count() == 1


def test_one_number_on_twelve_lists_is_given_once(crew: list[User]) -> None:
    for _list in range(12):
        contact(c.phone_list(), "+16135550100")
    offers = at_once(claims(crew))
    assert Counter(type(one) for one in offers) == {Offer: 1, Nothing: 11}


def test_one_household_of_twelve_numbers_is_given_once_and_others_are_found_behind_it(
    crew: list[User],
) -> None:
    list_ = c.phone_list()
    c.voters(12, list_, household_key="maple 1", next_at=NOON - timedelta(days=1))
    contact(list_, "+16135550100")
    offers = at_once(claims(crew))
    keys = Counter(Lease.objects.values_list("household_key", flat=True))
    assert Counter(type(one) for one in offers) == {Offer: 2, Nothing: 10}
    assert sorted(keys.values()) == [1, 1]


def test_an_outcome_sent_twelve_times_at_once_is_recorded_once() -> None:
    bruno = c.caller()
    voter = contact(c.phone_list())
    offer, sent = c.call(bruno), c.said("no_answer")
    send = lambda: record_outcome(lease_id=offer.lease_id, caller=bruno, submission=sent, now=NOON)  # noqa: E731
    results = at_once([send] * 12)
    assert [type(one) for one in results] == [Result] * 12
    assert sorted(one.is_new for one in results) == [False] * 11 + [True]
    voter.refresh_from_db()
    assert (Attempt.objects.count(), voter.attempt_count) == (1, 1)


def test_two_windows_with_two_outcomes_keep_both_one_as_correction() -> None:
    bruno = c.caller()
    contact(c.phone_list())
    offer = c.call(bruno)
    sends: list[Callable[[], Any]] = [
        partial(record_outcome, lease_id=offer.lease_id, caller=bruno, submission=c.said(word), now=NOON)
        for word in ("no_answer", "answered")
    ]
    assert sorted(one.kept for one in at_once(sends)) == [Kept.CORRECTION, Kept.COUNTED]


def test_lapsed_leases_are_ended_once_by_twelve_who_come_across_them(crew: list[User]) -> None:
    vanished = [c.caller(f"gone{number}@example.org") for number in range(4)]
    c.voters(4, c.phone_list())
    for one in vanished:
        c.call(one)
    later = NOON + timedelta(minutes=10)
    sweeps: list[Callable[[], Any]] = [lambda: sweep_leases(now=later)] * 6
    answers = at_once(sweeps + [lambda who=one: next_contact(caller=who, now=later) for one in crew[:6]])  # type: ignore[misc]
    assert not [one for one in answers if isinstance(one, Exception)]
    assert Attempt.objects.filter(outcome="unknown").count() == 4
    assert set(Lease.objects.values_list("end_reason", flat=True)) == {EndOfLease.EXPIRED}
    assert set(Contact.objects.values_list("attempt_count", flat=True)) == {1}


def test_a_membership_that_ends_while_the_caller_claims_leaves_no_call_behind(crew: list[User]) -> None:
    c.voters(12, c.phone_list())
    bruno = crew[0]

    def leave() -> int:
        with transaction.atomic():
            Membership.objects.filter(user=bruno).update(state="ended", ended_at=NOON)
            return end_leases_of(user=bruno, reason=EndOfLease.REVOKED, now=NOON)

    for _round in range(5):
        Lease.objects.all().delete()
        Membership.objects.filter(user=bruno).update(state="active", ended_at=None)
        at_once([leave, *claims([bruno] * 3)])
        assert not Lease.objects.filter(caller=bruno, ended_at=None).exists()
