"""What the caller's page asks, as it is sent."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from supporters.models import User
from tests.volunteers import calling as c
from tests.volunteers.contacting import NOON, OTHER_RIDING, contact, team, volunteer
from volunteers.enums import SuppressedThing, SuppressionSource
from volunteers.models import Attempt, Lease
from volunteers.services.suppression import Refusal, suppress

pytestmark = pytest.mark.django_db


class Browser:
    """Somebody who has logged in."""

    def __init__(self, user: User, *, prefix: str = "") -> None:
        self.client, self.path = Client(), f"{prefix}/volunteer/phone/api/"
        self.client.force_login(user)

    def post(self, what: str, **body: Any) -> Any:
        return self.raw(what, json.dumps(body, default=str))

    def raw(self, what: str, body: str | bytes) -> Any:
        return self.client.post(f"{self.path}{what}/", body, content_type="application/json")


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volunteers.views.calls_api.database_now", lambda: NOON)


def test_a_whole_call() -> None:
    voter = contact(c.phone_list(), name="Ada")
    browser = Browser(c.caller())
    call = browser.post("next").json()["call"]
    assert (call["name"], call["phone"], call["contact_id"]) == ("Ada", voter.phone, voter.pk)
    dialled = browser.post("dial", lease=call["lease_id"]).json()
    assert (dialled["phone"], datetime.fromisoformat(dialled["dialled_at"])) == (voter.phone, NOON)
    alive = browser.post("heartbeat", lease=call["lease_id"]).json()
    assert datetime.fromisoformat(alive["expires_at"]) == NOON + timedelta(seconds=300)
    sent = {
        "lease": call["lease_id"], "client_id": uuid4(), "outcome": "answered", "note": "Kind",
        "answers": [{"question": "support", "option": "yes"}], "happened_at": "2026-11-25T14:00:00-05:00",
    }  # fmt: skip
    kept = browser.post("outcome", **sent)
    assert (kept.status_code, kept.json()["kept"]) == (200, "counted")
    attempt = Attempt.objects.get()
    assert (attempt.client_id, attempt.is_success, attempt.happened_at) == (sent["client_id"], True, NOON)
    assert browser.post("outcome", **sent).json() == kept.json()
    assert browser.post("skip", lease=call["lease_id"]).json()["was_held"] is False


def test_nobody_to_call_is_an_answer_with_reasons_in_both_languages() -> None:
    contact(c.phone_list(), next_at=NOON + timedelta(hours=2))
    english = Browser(c.caller()).post("next").json()
    french = Browser(c.caller(), prefix="/fr").post("next").json()
    assert (english["call"], english["reason"], french["reason"]) == (None, "empty", "empty")
    assert english["queue"]["blocked"] == [
        {"why": "cooldown", "label": "tried lately: rests before the next call", "count": 1}
    ]
    assert datetime.fromisoformat(english["queue"]["next_ready_at"]) == NOON + timedelta(hours=2)
    assert english["message"] != french["message"]


def test_strangers_find_nothing_and_other_teams_not_these_calls() -> None:
    contact(c.phone_list())
    offer = c.claim(c.caller())
    stranger, eve = Browser(volunteer("eve@example.org")), c.caller("ana@example.org")
    of_riding = Browser(volunteer("dev@example.org", of=team(OTHER_RIDING)))
    assert stranger.post("next").status_code == 404
    assert of_riding.post("next").json()["reason"] == "no_list"
    sent = {"lease": offer.lease_id, "client_id": uuid4(), "outcome": "answered"}
    for browser in (stranger, of_riding, Browser(eve)):
        answers = [
            browser.post(what, **sent).status_code for what in ("dial", "heartbeat", "outcome", "skip")
        ]
        assert answers == [404, 404, 404, 404]
    assert Lease.objects.get().ended_at is None


def test_a_log_in_a_token_and_a_post_are_needed() -> None:
    assert Client().post("/volunteer/phone/api/next/").status_code == 302
    browser = Browser(c.caller())
    assert browser.client.get("/volunteer/phone/api/next/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(c.caller())
    refused = strict.post("/volunteer/phone/api/next/")
    assert refused.status_code == 403
    assert "no-store" in browser.post("next")["Cache-Control"]


def test_a_voter_who_wants_no_contact_is_a_410_and_the_number_is_not_dialled() -> None:
    voter, bruno = contact(c.phone_list()), c.caller()
    offer = c.claim(bruno)
    suppress(
        refusal=Refusal({SuppressedThing.PHONE: voter.phone_digest}, SuppressionSource.DOOR, NOON), now=NOON
    )
    beat, dialled = (Browser(bruno).post(what, lease=offer.lease_id) for what in ("heartbeat", "dial"))
    assert (beat.status_code, beat.json()["reason"], dialled.status_code) == (410, "dnc", 409)


# The same in every test process: it is part of the test's name.
SOME_ID = "5b468df4-8439-4b71-9de7-9378a87088b7"
BAD = [
    "", "{", "[]", "null", '"x"', '{"lease": 7}', '{"lease": "not a uuid"}',
    json.dumps({"lease": SOME_ID}),
    json.dumps({"lease": SOME_ID, "client_id": "x", "outcome": "answered"}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "nonsense"}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "not_home"}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "unknown"}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "busy", "note": "a\x00b"}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "busy", "note": "x" * 1001}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "busy", "note": "\ud800"}),
    json.dumps({"lease": SOME_ID, "client_id": SOME_ID, "outcome": "busy", "happened_at": "2026-11-25T14:00"}),
    json.dumps({"lease": str(uuid4()), "client_id": str(uuid4()), "outcome": "busy", "happened_at": "0001-01-01T00:00:00+14:00"}),
    json.dumps({"lease": str(uuid4()), "client_id": str(uuid4()), "outcome": "call_back", "callback": "soon"}),
    json.dumps({"lease": str(uuid4()), "client_id": str(uuid4()), "outcome": "busy", "answers": [{"option": "x"}]}),
]  # fmt: skip


@pytest.mark.parametrize("body", BAD)
def test_what_cannot_be_read_is_a_422_that_names_the_fields(body: str) -> None:
    answer = Browser(c.caller()).raw("outcome", body)
    assert answer.status_code == 422
    assert answer.json()["fields"]


def test_a_callback_in_the_past_is_a_422_and_keeps_the_call() -> None:
    contact(c.phone_list())
    bruno = c.caller()
    offer = c.call(bruno)
    sent = {
        "lease": offer.lease_id,
        "client_id": uuid4(),
        "outcome": "call_back",
        "callback": "2026-11-20T10:00",
    }
    refused = Browser(bruno).post("outcome", **sent)
    assert (refused.status_code, refused.json()["fields"]) == (422, "callback")
    moved = Browser(bruno).post("outcome", **{**sent, "callback": "2026-11-28T20:00"}).json()
    assert (moved["promised_at"], moved["was_moved"]) == ("2026-11-29T15:00:00Z", True)


def test_the_id_of_somebody_elses_attempt_is_a_422() -> None:
    c.voters(2, c.phone_list())
    bruno, eve, shared = c.caller(), c.caller("eve@example.org"), uuid4()
    c.record(bruno, c.call(bruno), client_id=shared)
    offer = c.call(eve)
    answer = Browser(eve).post("outcome", lease=offer.lease_id, client_id=shared, outcome="busy")
    assert (answer.status_code, answer.json()["fields"]) == (422, "client_id")
