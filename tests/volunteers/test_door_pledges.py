"""A pledge made at the door goes the way of paper: once, looked at by an organizer, never shown at the door again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit import clock
from pledges.enums import LineState
from pledges.models import PaperLine
from tests.volunteers.test_door_pages import record, sync
from tests.volunteers.walking import doors_of, walk
from volunteers.models import Attempt, TurfCheckout

pytestmark = pytest.mark.django_db

PLEDGE = {
    "name": ["Amara Diallo"],
    "postal_code": ["k1a 0b1"],
    "email": ["amara@example.org"],
    "agreed": ["on"],
}


@pytest.fixture
def checkout(ridings: None) -> TurfCheckout:
    return walk(since=clock.now())


@pytest.fixture
def bruno(client: Client, checkout: TurfCheckout) -> Client:
    client.force_login(checkout.holder)
    return client


def talk(checkout: TurfCheckout, **pledge: Any) -> dict[str, Any]:
    return record(doors_of(checkout)[0], outcome="answered", pledge={**PLEDGE, **pledge})


def test_a_pledge_at_the_door_waits_for_an_organizer_and_is_there_once(
    bruno: Client, checkout: TurfCheckout
) -> None:
    sent = talk(checkout)
    receipts = [sync(bruno, checkout, sent).json()["acknowledged"][0]["receipt"] for _twice in range(2)]
    line = PaperLine.objects.select_related("sheet").get()
    assert receipts == ["accepted", "known"]
    assert (line.name, line.postal_code, line.email, line.state) == (
        "Amara Diallo", "K1A0B1", "amara@example.org", LineState.WAITING
    )  # fmt: skip
    assert (line.sheet.riding_number, len(line.sheet.code), line.keyed_by) == (35075, 12, checkout.holder)
    assert list(Attempt.objects.values_list("took_pledge", "note")) == [(True, "")]


def test_who_pledged_is_shown_to_no_canvasser(bruno: Client, checkout: TurfCheckout) -> None:
    answer = sync(bruno, checkout, talk(checkout)).content.decode()
    page = bruno.get(reverse("doors:walk", args=[checkout.pk])).content.decode()
    assert PaperLine.objects.count() == 1
    assert ("Amara" in answer + page, "amara@" in answer + page) == (False, False)


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ({"agreed": []}, "they agree"),
        ({"name": [""]}, "Name"),
        ({"postal_code": ["K1A"]}, "Postal code"),
        ({"email": ["amara@"]}, "E-mail"),
    ],
)
def test_a_pledge_that_cannot_be_taken_is_refused_with_its_visit_and_can_be_corrected(
    bruno: Client, checkout: TurfCheckout, wrong: dict[str, list[str]], about: str
) -> None:
    sent = talk(checkout, **wrong)
    receipt = sync(bruno, checkout, sent).json()["acknowledged"][0]
    assert (receipt["receipt"], about in receipt["reason"]) == ("refused", True)
    assert (Attempt.objects.count(), PaperLine.objects.count()) == (0, 0)
    again = sync(bruno, checkout, {**sent, "pledge": PLEDGE}).json()["acknowledged"][0]
    assert (again["receipt"], PaperLine.objects.count()) == ("accepted", 1)


def test_without_javascript_a_pledge_keeps_what_was_typed_when_something_is_wrong(
    bruno: Client, checkout: TurfCheckout
) -> None:
    path = reverse("doors:door", args=[checkout.pk, doors_of(checkout)[0].pk])
    form = {"visit_id": talk(checkout)["id"], "outcome": "answered", "pledge-name": "Amara Diallo"}
    answer = bruno.post(path, {**form, "pledge-voter_status": "voter"})
    assert (answer.status_code, 'value="Amara Diallo"' in answer.content.decode()) == (422, True)
    whole = {**form, "pledge-postal_code": "K1A 0B1", "pledge-agreed": "on", "pledge-voter_status": "voter"}
    assert bruno.post(path, whole).status_code == 303
    assert Attempt.objects.get().took_pledge is True


def test_a_list_that_chose_by_itself_is_no_pledge(bruno: Client, checkout: TurfCheckout) -> None:
    path = reverse("doors:door", args=[checkout.pk, doors_of(checkout)[0].pk])
    form = {"visit_id": talk(checkout)["id"], "outcome": "answered"}
    untouched = {"pledge-voter_status": "voter", "pledge-name": "", "pledge_defaults": "voter_status"}
    assert bruno.post(path, form | untouched).status_code == 303
    assert list(Attempt.objects.values_list("took_pledge", flat=True)) == [False]
