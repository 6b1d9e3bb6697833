"""The canvasser's pages, by whom they are seen, and what a phone is answered."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit import clock
from tests.volunteers.contacting import volunteer
from tests.volunteers.walking import doors_of, visit, walk
from volunteers.enums import EndOfCheckout
from volunteers.models import Attempt, ScriptVersion, Suppression, TurfCheckout
from volunteers.services.visits import record_visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkout(ridings: None) -> TurfCheckout:
    return walk(since=moment())


def moment() -> Any:
    """Return the real time: the pages read it too."""
    return clock.now()


def record(at: Any, /, **fields: Any) -> dict[str, Any]:
    """Return a record as the phone sends it."""
    given = {"id": str(uuid4()), "door": at.pk, "outcome": "not_home", "at": moment().isoformat()}
    return {**given, **fields}


def sync(client: Client, checkout: TurfCheckout, *records: dict[str, Any], **extra: Any) -> Any:
    return client.post(
        reverse("doors:sync", args=[checkout.pk]),
        json.dumps({"visits": records, **extra}),
        content_type="application/json",
    )


@pytest.fixture
def bruno(client: Client, checkout: TurfCheckout) -> Client:
    client.force_login(checkout.holder)
    return client


def test_the_holder_sees_the_doors_and_the_script(bruno: Client, checkout: TurfCheckout) -> None:
    answer = bruno.get(reverse("doors:walk", args=[checkout.pk]))
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert [line in page for line in ("1 Main St", "2 Main St", "3 Main St")] == [True] * 3
    assert "With us?" in page


@pytest.mark.parametrize("name", ["walk", "sync"])
def test_a_turf_of_somebody_else_does_not_exist(client: Client, checkout: TurfCheckout, name: str) -> None:
    client.force_login(volunteer("eve@example.org", of=checkout.turf.team))
    answer = client.post(reverse(f"doors:{name}", args=[checkout.pk]), "{}", content_type="application/json")
    assert answer.status_code == 404


def test_who_has_not_logged_in_is_led_to_the_log_in(client: Client, checkout: TurfCheckout) -> None:
    answer = sync(client, checkout)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")


def test_a_phone_gets_a_receipt_for_each_record_and_what_the_doors_show(
    bruno: Client, checkout: TurfCheckout
) -> None:
    one, two, _three = doors_of(checkout)
    version = ScriptVersion.objects.latest("pk").pk
    said = [{"question": "support", "option": "yes"}]
    talk = record(one, outcome="answered", answers=said, version=version, note="Half \ud800 a\0 letter")
    odd = record(two, outcome="danced")

    answer = sync(bruno, checkout, talk, odd).json()

    receipts = {one["id"]: (one["receipt"], one["reason"]) for one in answer["acknowledged"]}
    assert receipts == {talk["id"]: ("accepted", ""), odd["id"]: ("refused", "This record cannot be read.")}
    shown = answer["doors"]
    assert [shown[str(door.pk)]["state"] for door in (one, two)] == ["done", "open"]
    assert shown[str(one.pk)]["mine"] == talk["id"]
    assert list(Attempt.objects.values_list("note", "is_success")) == [("Half  a letter", True)]


def test_a_phone_that_has_seen_everything_is_told_nothing_again(
    bruno: Client, checkout: TurfCheckout
) -> None:
    first = sync(bruno, checkout).json()
    second = sync(bruno, checkout, seen=first["seen"]).json()
    assert (first["doors"] is None, second["doors"], second["held"]) == (False, None, True)


def test_after_the_turf_is_given_back_records_arrive_and_doors_are_not_told(
    bruno: Client, checkout: TurfCheckout
) -> None:
    door = doors_of(checkout)[0]
    checkout.ended_at, checkout.end_reason = moment(), EndOfCheckout.RETURNED
    checkout.save()
    sent = record(door)
    answer = sync(bruno, checkout, sent).json()
    page = bruno.get(reverse("doors:walk", args=[checkout.pk])).content.decode()
    assert (answer["held"], answer["doors"]) == (False, None)
    assert answer["acknowledged"] == [{"id": sent["id"], "receipt": "accepted", "reason": "", "late": True}]
    assert ("Main St" in page, "given back" in page) == (False, True)
    assert bruno.get(reverse("doors:door", args=[checkout.pk, door.pk])).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"visits": 3}',
        b'{"visits": [' + b"{}," * 60 + b"{}]}",
        b"[" * 100_000,
        b'"' + b"x" * 400_001,
    ],
)
def test_what_is_no_batch_is_refused(bruno: Client, checkout: TurfCheckout, body: bytes) -> None:
    path = reverse("doors:sync", args=[checkout.pk])
    assert bruno.post(path, body, content_type="application/json").status_code == 422
    assert bruno.get(path).status_code == 405


@pytest.mark.parametrize(
    "fields",
    [
        {"door": "1"},
        {"door": 2**70},
        {"at": "yesterday"},
        {"id": "no"},
        {"corrects": 7},
        {"at": "9999-12-31T23:59:59-23:00"},
    ],
)
def test_one_garbled_record_spoils_no_other(
    bruno: Client, checkout: TurfCheckout, fields: dict[str, Any]
) -> None:
    one, two, _three = doors_of(checkout)
    answer = sync(bruno, checkout, record(one, **fields), record(two)).json()
    assert sorted(one["receipt"] for one in answer["acknowledged"]) == ["accepted", "refused"]
    assert list(Attempt.objects.values_list("door", flat=True)) == [two.pk]


def test_a_sync_without_a_token_is_refused(checkout: TurfCheckout) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(checkout.holder)
    assert sync(strict, checkout, record(doors_of(checkout)[0])).status_code == 403


def test_without_javascript_a_visit_is_sent_at_once_and_twice_is_once(
    bruno: Client, checkout: TurfCheckout
) -> None:
    door = doors_of(checkout)[0]
    path = reverse("doors:door", args=[checkout.pk, door.pk])
    form = {
        "visit_id": str(uuid4()), "outcome": "answered", "version": ScriptVersion.objects.latest("pk").pk,
        "texts": "why ", "question-support": "yes", "question-why": "My kids", "note": "Dog",
    }  # fmt: skip
    answers = [bruno.post(path, form) for _twice in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (303, f"/volunteer/doors/{checkout.pk}/#door-{door.pk}")
    ] * 2
    attempt = Attempt.objects.get()
    assert list(attempt.answers.order_by("pk").values_list("option__key", "text")) == [
        ("yes", ""),
        (None, "My kids"),
    ]


def test_a_form_that_says_nothing_keeps_what_was_typed(bruno: Client, checkout: TurfCheckout) -> None:
    path = reverse("doors:door", args=[checkout.pk, doors_of(checkout)[0].pk])
    answer = bruno.post(path, {"visit_id": str(uuid4()), "note": "A <dog>", "question-support": "yes"})
    page = answer.content.decode()
    assert (answer.status_code, Attempt.objects.count()) == (422, 0)
    assert ("A &lt;dog&gt;" in page, 'value="yes" data-effect="success" data-leads="" checked' in page) == (
        True,
        True,
    )


def test_a_door_that_must_not_be_contacted_is_passed_by_without_a_word_of_why(
    bruno: Client, checkout: TurfCheckout
) -> None:
    door = doors_of(checkout)[0]
    sync(bruno, checkout, record(door, outcome="dnc"))
    assert Suppression.objects.count() == 1
    shown = sync(bruno, checkout).json()["doors"][str(door.pk)]
    assert {name: shown[name] for name in ("state", "label", "at", "mine", "rivals")} == {
        "state": "pass", "label": "", "at": "", "mine": "", "rivals": []
    }  # fmt: skip


def test_the_next_holder_sees_what_came_of_a_door_and_no_note_or_answer(
    checkout: TurfCheckout, client: Client
) -> None:
    door = doors_of(checkout)[0]
    record_visits(
        canvasser=checkout.holder, checkout=checkout, visits=[visit(door, note="Key under mat", minutes=0)],
        now=moment(),
    )  # fmt: skip
    checkout.ended_at, checkout.end_reason = moment(), EndOfCheckout.RETURNED
    checkout.save()
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    hers = TurfCheckout.objects.create(
        turf=checkout.turf, holder=eve, checked_out_at=moment(), due_at=moment().replace(year=2099)
    )
    client.force_login(eve)
    page = client.get(reverse("doors:walk", args=[hers.pk])).content.decode()
    assert ("talked" in page, "Key under mat" in page, "bruno" in page) == (True, False, False)


def test_the_worker_is_served_from_below_the_pages_it_keeps(client: Client) -> None:
    for prefix in ("", "/fr"):
        answer = client.get(f"{prefix}/volunteer/doors/canvass-sw.js")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
        assert answer["Service-Worker-Allowed"] == f"{prefix}/volunteer/doors/"
        assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_doors_load_with_the_same_number_of_queries(
    bruno: Client, checkout: TurfCheckout, django_assert_num_queries: Any
) -> None:
    path = reverse("doors:walk", args=[checkout.pk])
    bruno.get(path)
    with django_assert_num_queries(10):
        bruno.get(path)
    sync(bruno, checkout, *(record(door) for door in doors_of(checkout)))
    with django_assert_num_queries(10):
        bruno.get(path)
