"""The live board: what captains of the phone team see and do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit.memory import forget_everything
from supporters.enums import RidingRoleKind
from supporters.models import User
from tests import people
from tests.volunteers import calling, contacting
from tests.volunteers.contacting import NOON, RIDING
from volunteers.enums import EndOfLease, EndOfMembership, ListState
from volunteers.models import ContactList, ElectionPeriod, HelpRequest, Lease, Membership, TrainerDuty
from volunteers.queries.board import board_page
from volunteers.services.help import ask_for_help
from volunteers.services.registry import note_call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

BOARD = "/volunteer/phone/board/"


@pytest.fixture
def nora() -> User:
    return people.nora()


@pytest.fixture
def client(nora: User) -> Client:
    made = Client()
    made.force_login(nora)
    return made


@pytest.fixture
def listed() -> ContactList:
    return calling.phone_list(name="Swing list")


def test_the_board_shows_who_calls_but_no_voter(client: Client, listed: ContactList) -> None:
    contacting.contact(listed, name="Ann Lee")
    calling.call(calling.caller())

    page = client.get(BOARD).content.decode()

    assert ("1 caller now" in page, "is calling" in page, "bruno" in page) == (True, True, True)
    assert ("Ann Lee" in page, "6135550123" in page) == (False, False)


def test_calls_by_hour_outcomes_and_what_blocks(listed: ContactList) -> None:
    ana, ben = calling.caller("ana@example.org"), calling.caller("ben@example.org")
    calling.voters(4, listed)
    calling.record(ana, calling.call(ana), "answered")
    calling.record(ana, calling.call(ana), "no_answer")
    calling.call(ben)

    page = board_page(now=NOON)

    assert [(hour.begins, hour.calls, hour.conversations) for hour in page.hours] == [(NOON, 2, 1)]
    assert {one.label: one.count for one in page.outcomes} == {"talked": 1, "no answer": 1}
    shown = page.lists[0]
    assert (shown.ready, {one.label: one.count for one in shown.waiting}) == (
        1, {"with a caller now": 1, "tried lately: rests before the next call": 1, "done": 1},
    )  # fmt: skip


def test_the_board_asks_as_often_for_three_callers_as_for_one(
    listed: ContactList, django_assert_num_queries: Any
) -> None:
    calling.voters(3, listed)
    calling.call(calling.caller("ana@example.org"))
    with django_assert_num_queries(12) as first:
        board_page(now=NOON)
    for name in ("ben", "cho"):
        calling.call(calling.caller(f"{name}@example.org"))

    with django_assert_num_queries(len(first)):
        assert len(board_page(now=NOON).callers) == 3


def test_lists_of_ridings_are_on_the_organizers_board_alone(client: Client, listed: ContactList) -> None:
    theirs = calling.phone_list(name="Of a riding", riding_number=RIDING)

    page = client.get(BOARD).content.decode()

    assert ("Swing list" in page, "Of a riding" in page) == (True, False)
    assert client.post(reverse("phone:steer-list", args=[theirs.pk]), {"state": "paused"}).status_code == 404
    assert {one.name for one in board_page(now=NOON, everywhere=True).lists} == {"Swing list", "Of a riding"}


@pytest.mark.parametrize(
    ("before", "asked", "after", "status"),
    [
        ("active", "paused", "paused", 303),
        ("paused", "active", "active", 303),
        ("active", "closed", "closed", 303),
        ("closed", "active", "closed", 404),
        ("active", "sold", "active", 404),
    ],
)
def test_lists_are_paused_taken_up_and_closed(
    client: Client, listed: ContactList, before: str, asked: str, after: str, status: int
) -> None:
    ContactList.objects.update(state=ListState(before))

    answer = client.post(reverse("phone:steer-list", args=[listed.pk]), {"state": asked})

    listed.refresh_from_db()
    assert (answer.status_code, listed.state) == (status, after)


def test_a_suspended_caller_holds_nothing_and_takes_nothing(client: Client, listed: ContactList) -> None:
    """Failure case 11."""
    calling.voters(2, listed)
    ana = calling.caller("ana@example.org")
    calling.call(ana)
    path = reverse("phone:suspend", args=[ana.pk])

    asked = client.get(path).status_code
    done = client.post(path).status_code

    assert (asked, done) == (200, 303)
    assert Lease.objects.get().end_reason == EndOfLease.REVOKED
    ended = Membership.objects.get(user=ana)
    assert (ended.state, ended.end_reason, ended.decided_by) == (
        "ended", EndOfMembership.REMOVED, User.objects.get(email="nora@example.org"),
    )  # fmt: skip
    calling.nothing(ana)
    assert client.get(path).status_code == 404


def test_members_of_other_teams_are_not_the_boards_to_suspend(client: Client) -> None:
    calling.phone_team()
    stranger = contacting.volunteer("ana@example.org", of=contacting.team())

    assert client.post(reverse("phone:suspend", args=[stranger.pk])).status_code == 404
    assert Membership.objects.get(user=stranger).state == "active"


def test_duty_begins_with_how_one_is_reached_and_ends(client: Client, nora: User) -> None:
    path = reverse("phone:duty")
    refused = client.post(path, {"reach": " "})
    for reach in ("Room 2", "613 555 0100"):
        client.post(path, {"reach": reach})
    assert (refused.status_code, TrainerDuty.objects.get(ended_at=None).reach) == (422, "613 555 0100")

    client.post(path, {"end": "1"})
    assert TrainerDuty.objects.get().ended_at == NOON


def test_help_is_taken_by_one_and_done(client: Client, nora: User) -> None:
    asked = ask_for_help(caller=calling.caller(), message="Angry voter", now=NOON)
    other = people.holder("otto@example.org", RidingRoleKind.PHONE_CAPTAIN, None)
    second = Client()
    second.force_login(other)
    path = reverse("phone:help-request", args=[asked.pk])

    assert "Angry voter" in client.get(BOARD).content.decode()
    for one in (client, second):
        one.post(path, {"take": "1"})
    assert HelpRequest.objects.get().taken_by == nora
    second.post(path, {"done": "1"})
    assert HelpRequest.objects.get().closed_at == NOON


def test_what_came_late_is_there_to_look_at(client: Client, listed: ContactList, noon: Any) -> None:
    """Failure case 5."""
    contacting.contact(listed)
    ana, ben = calling.caller("ana@example.org"), calling.caller("ben@example.org")
    offer = calling.claim(ana)
    later = NOON + timedelta(hours=2)
    calling.claim(ben, later)
    calling.record(ana, offer, "answered", later)

    noon.move_to(later)
    page = client.get(BOARD).content.decode()

    assert ("Came late" in page, "<bdi>ana</bdi>" in page) == (True, True)


def test_the_clock_of_the_registry_is_on_the_board_until_it_is_filed(client: Client) -> None:
    period = ElectionPeriod.objects.create(
        name="46th", begins_on=NOON.date(), polling_on=NOON.date() + timedelta(days=37)
    )
    forget_everything()
    note_call(now=NOON)

    page = client.get(reverse("phone:board-now")).content.decode()

    assert "Voter Contact Registry, 46th: file by 2026-11-27 19:00 UTC" in page
    period.filing.filed_on, period.filing.number, period.filing.representative = NOON.date(), "N", "Ana"
    period.filing.save()
    assert "Voter Contact Registry" not in client.get(reverse("phone:board-now")).content.decode()
