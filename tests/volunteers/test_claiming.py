"""Whom a caller is given, and who is given nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from coop4canada.kit import zones
from supporters.models import User
from tests.volunteers import calling as c
from tests.volunteers.contacting import NOON, OTHER_RIDING, RIDING, contact, team, volunteer
from volunteers.enums import (
    Channel,
    ContactState,
    EndOfLease,
    MembershipState,
    Need,
    NothingToCall,
    Outcome,
    SuppressedThing,
    SuppressionSource,
)
from volunteers.models import (
    Attempt,
    Certificate,
    Contact,
    Course,
    Lease,
    Membership,
    ScriptVersion,
    Suppression,
)
from volunteers.services.calls import skip_contact

pytestmark = pytest.mark.django_db


def test_a_caller_gets_the_first_of_the_queue_with_the_script_in_use() -> None:
    bruno, list_ = c.caller(), c.phone_list()
    later, first = (
        contact(list_, "+16135550101"),
        contact(list_, "+16135550102", next_at=NOON - timedelta(days=1)),
    )
    offer = c.claim(bruno)
    assert (offer.contact_id, offer.phone, offer.is_resumed) == (first.pk, first.phone, False)
    assert offer.script_version_id == ScriptVersion.objects.get(script=list_.script).pk
    assert offer.window_closes_at == datetime(2026, 11, 26, 2, 30, tzinfo=UTC)
    later.refresh_from_db()
    assert later.next_at == NOON


def test_asked_again_it_is_the_same_call() -> None:
    bruno = c.caller()
    c.voters(3, c.phone_list())
    first, again = c.claim(bruno), c.claim(bruno, NOON + timedelta(minutes=2))
    assert (again.lease_id, again.is_resumed) == (first.lease_id, True)
    assert Lease.objects.count() == 1


def test_ridings_in_need_come_first_and_others_only_where_the_list_says_so() -> None:
    list_ = c.phone_list(least_need=Need.EMERGING)
    by_need = {need: contact(list_, f"+1613555020{need}", priority=need) for need in (0, 1, 2)}
    callers = [c.caller(f"c{number}@example.org") for number in range(3)]
    got = [c.claim(one).contact_id for one in callers[:2]]
    assert got == [by_need[2].pk, by_need[1].pk]
    assert c.nothing(callers[2]).reason == NothingToCall.EMPTY


def test_a_list_of_a_riding_belongs_to_its_team_and_is_called_whatever_its_class() -> None:
    own = c.phone_list(riding_number=RIDING)
    voter = contact(own, priority=Need.ANY)
    outsider, national = volunteer("eve@example.org", of=team(OTHER_RIDING)), c.caller()
    assert c.nothing(outsider).reason == NothingToCall.NO_LIST
    assert c.nothing(national).reason == NothingToCall.NO_LIST
    assert c.claim(volunteer("ana@example.org", of=team(RIDING))).contact_id == voter.pk


@pytest.mark.parametrize(
    ("state", "reason"),
    [(MembershipState.ASKED, NothingToCall.NO_MEMBER), (MembershipState.ENDED, NothingToCall.NO_MEMBER)],
)
def test_only_active_members_call(state: str, reason: str) -> None:
    bruno = c.caller()
    c.voters(1, c.phone_list())
    Membership.objects.update(state=state, joined_at=None, ended_at=NOON if state == "ended" else None)
    assert c.nothing(bruno).reason == reason


def test_a_suspended_account_and_one_without_certificate_get_nobody() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    c.voters(1, c.phone_list())
    User.objects.filter(pk=eve.pk).update(is_active=False)
    course = Course.objects.create(
        channel=Channel.PHONE, version=1, holds_since=1, created_at=NOON, published_at=NOON,
        title_en="a", title_fr="a", body_en="b", body_fr="b",
    )  # fmt: skip
    assert c.nothing(eve).reason == NothingToCall.SUSPENDED
    assert c.nothing(bruno).reason == NothingToCall.NO_CERTIFICATE
    Certificate.objects.create(user=bruno, course=course, passed_at=NOON)
    assert c.claim(bruno).list_name


def test_the_queue_stays_shut_while_the_zone_files_are_old(monkeypatch: pytest.MonkeyPatch) -> None:
    bruno = c.caller()
    c.voters(1, c.phone_list())
    monkeypatch.setitem(zones.WINTER_OF_2027, "America/Vancouver", timedelta(hours=-8))
    assert c.nothing(bruno).reason == NothingToCall.CLOCKS


def test_no_list_without_a_script_in_use_is_called() -> None:
    bruno, list_ = c.caller(), c.phone_list()
    c.voters(1, list_)
    ScriptVersion.objects.update(retired_at=NOON)
    assert c.nothing(bruno).reason == NothingToCall.NO_LIST


def test_nobody_is_called_outside_of_their_hours_whatever_the_head_of_the_queue() -> None:
    # 9:10 in Toronto and 7:10 in Vancouver, 6:10 there before summer time ended for good.
    morning = datetime(2026, 11, 25, 14, 10, tzinfo=UTC)
    list_, old = c.phone_list(), NOON - timedelta(days=9)
    contact(list_, "+16045550101", zone="America/Vancouver", riding_number=OTHER_RIDING, next_at=old)
    contact(list_, "+16045550102", zone="", next_at=old)
    east = contact(list_, "+16135550103", next_at=old)
    bruno, eve = c.caller(), c.caller("eve@example.org")
    assert c.claim(bruno, morning).contact_id == east.pk
    refused = c.nothing(eve, morning)
    assert refused.queue is not None
    assert refused.queue.next_ready_at == datetime(2026, 11, 25, 16, 0, tzinfo=UTC)


def test_the_unknown_zone_is_called_while_the_whole_country_may_be() -> None:
    bruno, list_ = c.caller(), c.phone_list()
    contact(list_, zone="", riding_number=RIDING)
    assert c.nothing(bruno, datetime(2026, 11, 25, 15, 0, tzinfo=UTC)).reason == NothingToCall.EMPTY
    assert c.claim(bruno).zone == ""


def test_a_household_and_a_number_are_called_once_at_a_time_over_all_lists() -> None:
    one, two = c.phone_list(), c.phone_list()
    contact(one, "+16135550101", household_key="maple 1", name="Ada")
    contact(one, "+16135550102", household_key="maple 1", name="Bob")
    contact(two, "+16135550101", household_key="maple 1b")
    bruno, eve = c.caller(), c.caller("eve@example.org")
    assert c.claim(bruno).also_there == ("Bob",)
    nobody = c.nothing(eve)
    assert nobody.queue is not None
    assert nobody.queue.counts == {"allocated": 3}


def test_the_own_number_is_never_given() -> None:
    bruno, list_ = c.caller(), c.phone_list()
    own = contact(list_, "+16135550101")
    c.person_behind(bruno, phone=own.phone)
    assert c.nothing(bruno).reason == NothingToCall.EMPTY
    assert c.claim(c.caller("eve@example.org")).contact_id == own.pk


def test_a_colleagues_number_is_not_given_as_long_as_they_are_in_a_team() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    theirs = contact(c.phone_list(), "+16135550101")
    User.objects.filter(pk=eve.pk).update(supporter=c.person_behind(eve, phone=theirs.phone))
    assert c.nothing(bruno).reason == NothingToCall.EMPTY
    Membership.objects.filter(user=eve).update(state="ended", ended_at=NOON)
    assert c.claim(bruno, NOON + timedelta(minutes=2)).contact_id == theirs.pk


def test_what_is_on_the_do_not_contact_list_is_set_aside() -> None:
    bruno, list_ = c.caller(), c.phone_list()
    hidden, shown = contact(list_, "+16135550101"), contact(list_, "+16135550102", next_at=NOON)
    Contact.objects.filter(pk=hidden.pk).update(next_at=NOON - timedelta(days=1))
    Suppression.objects.create(
        thing=SuppressedThing.PHONE, digest=hidden.phone_digest, source=SuppressionSource.WRITTEN,
        said_at=NOON, recorded_at=NOON,
    )  # fmt: skip
    assert c.claim(bruno).contact_id == shown.pk
    assert c.nothing(c.caller("eve@example.org")).reason == NothingToCall.EMPTY
    hidden.refresh_from_db()
    assert hidden.state == ContactState.SUPPRESSED


def test_whom_a_caller_gave_back_goes_to_others_at_once() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    voter = contact(c.phone_list())
    offer = c.claim(bruno)
    assert skip_contact(lease_id=offer.lease_id, caller=bruno, now=NOON)
    assert not skip_contact(lease_id=offer.lease_id, caller=bruno, now=NOON)
    assert c.nothing(bruno).reason == NothingToCall.EMPTY
    assert c.claim(eve).contact_id == voter.pk


def test_a_vanished_caller_gives_the_voter_back_at_once_if_nothing_was_dialled() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    voter = contact(c.phone_list())
    first = c.claim(bruno)
    assert c.nothing(eve, first.expires_at - timedelta(seconds=1)).reason == NothingToCall.EMPTY
    assert c.claim(eve, first.expires_at).contact_id == voter.pk
    assert c.lease_of(first).end_reason == EndOfLease.EXPIRED
    assert not Attempt.objects.exists()


def test_a_vanished_caller_who_dialled_leaves_a_rest_and_an_unknown_outcome() -> None:
    bruno, eve = c.caller(), c.caller("eve@example.org")
    voter = contact(c.phone_list())
    first = c.call(bruno)
    assert c.nothing(eve, first.expires_at).reason == NothingToCall.EMPTY
    assert list(Attempt.objects.values_list("outcome", "by", "lease")) == [
        ("unknown", bruno.pk, first.lease_id)
    ]
    assert c.nothing(eve, first.expires_at + timedelta(minutes=59)).reason == NothingToCall.EMPTY
    again = c.claim(eve, first.expires_at + timedelta(minutes=60))
    assert (again.contact_id, again.attempts, again.last_outcome) == (voter.pk, 1, Outcome.UNKNOWN)


def test_who_speaks_another_language_goes_to_callers_of_that_language() -> None:
    bruno, aline = c.caller(), c.caller("aline@example.org")
    c.person_behind(aline, language="fr")
    c.person_behind(bruno, language="en")
    voter = contact(c.phone_list())
    c.record(bruno, c.claim(bruno), "language", language="fr")
    in_an_hour = NOON + timedelta(hours=1)
    assert c.nothing(bruno, in_an_hour).reason == NothingToCall.EMPTY
    assert c.claim(aline, in_an_hour).contact_id == voter.pk
