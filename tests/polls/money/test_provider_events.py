"""Notices: genuine ones are written down once and followed by looking; others change nothing."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from campaign.models import OrganizerAlert
from polls.enums import ContributionState
from polls.gateways import Event
from polls.models import ProviderEvent
from polls.queries.ledger import balances
from polls.services import provider_events, reconciling
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState
URL = "/polls/events/local/"


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coop4canada.kit.clock.now", lambda: NOON)


def posted(event: Event, url: str = URL, signature: str = "genuine", at: dt.datetime = NOON) -> int:
    body = {"id": event.id, "kind": event.kind, "ref": event.object_ref, "at": at.isoformat()}
    answer = Client(enforce_csrf_checks=True).post(
        url, json.dumps(body), content_type="application/json", headers={"signature": signature}
    )
    assert answer.content == b"" or answer.status_code >= 400
    return answer.status_code


def paid_in_silence(provider: BadProvider) -> Any:
    row = walks.begin().contribution
    provider.complete(row.session_ref)
    return row


def test_a_notice_is_written_down_and_followed(provider: BadProvider) -> None:
    row = paid_in_silence(provider)
    assert posted(provider.outbox[0]) == 200
    row.refresh_from_db()
    assert row.state == State.STARTED, "nothing is done inside the provider's request"
    assert provider_events.follow_events(now=NOON) == 1
    row.refresh_from_db()
    assert (row.state, ProviderEvent.objects.get().done_at) == (State.SETTLED, NOON)


def test_a_replayed_notice_is_answered_and_not_followed_again(provider: BadProvider) -> None:
    paid_in_silence(provider)
    event = provider.outbox[0]
    assert [posted(event), provider_events.follow_events(now=NOON)] == [200, 1]
    assert [posted(event), provider_events.follow_events(now=NOON)] == [200, 0]
    assert (ProviderEvent.objects.count(), balances()["provider"]) == (1, 2500)


@pytest.mark.parametrize(
    "wrong",
    [{"signature": "forged"}, {"signature": ""}, {"at": NOON - dt.timedelta(minutes=6)}],
    ids=["forged", "unsigned", "stale"],
)
def test_what_is_not_genuine_is_refused_without_a_word(provider: BadProvider, wrong: dict[str, Any]) -> None:
    paid_in_silence(provider)
    assert posted(provider.outbox[0], **wrong) == 400
    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize("url", ["/polls/events/stripe/", "/polls/events/nobody/"])
def test_a_provider_that_takes_no_cards_here_is_unknown(provider: BadProvider, url: str) -> None:
    assert posted(Event("e", "payment", "p", NOON), url=url) == 404


def test_only_posts_of_a_sensible_size_are_read() -> None:
    client = Client()
    large = b"x" * (256 * 1024 + 1)
    assert client.get(URL).status_code == 405
    answer = client.post(URL, large, content_type="application/json", headers={"signature": "genuine"})
    assert (answer.status_code, ProviderEvent.objects.exists()) == (413, False)


def test_a_notice_of_nothing_of_ours_is_done_at_once() -> None:
    assert posted(Event("e", "", "x", NOON)) == 200
    assert ProviderEvent.objects.get().done_at == NOON


def test_a_notice_that_overtakes_its_gift_waits_for_it(provider: BadProvider) -> None:
    number = uuid4()
    provider.pay_directly(number, 2500)
    posted(provider.outbox[0])
    assert provider_events.follow_events(now=NOON) == 0
    row = builders.contribution(public_id=number)
    assert provider_events.follow_events(now=NOON) == 0, "it pauses"
    assert provider_events.follow_events(now=NOON + dt.timedelta(minutes=2)) == 1
    row.refresh_from_db()
    assert row.state == State.SETTLED


def test_money_that_belongs_to_no_gift_is_told_after_three_days(provider: BadProvider) -> None:
    provider.pay_directly(None, 1234)
    posted(provider.outbox[0])
    assert provider_events.follow_events(now=NOON) == 0
    assert not OrganizerAlert.objects.exists()
    assert provider_events.follow_events(now=NOON + dt.timedelta(days=3, minutes=1)) == 1
    assert (OrganizerAlert.objects.count(), balances()) == (1, {})


def test_a_silent_provider_is_asked_again_later(provider: BadProvider) -> None:
    paid_in_silence(provider)
    posted(provider.outbox[0])
    provider.faults = lambda _call: "before"
    assert provider_events.follow_events(now=NOON) == 0
    provider.faults = lambda _call: ""
    assert provider_events.follow_events(now=NOON + dt.timedelta(minutes=2)) == 1


def test_an_outage_of_notices_heals_by_reconciliation(provider: BadProvider) -> None:
    rows = [paid_in_silence(provider) for _number in range(3)]
    walks.looked_up(rows[0])
    made = provider.refund_by_hand(rows[0].payment_ref or walks.looked_up(rows[0]).payment_ref, 500)
    dispute = provider.open_dispute(provider.sessions[rows[1].session_ref].payment_ref)
    provider.outbox.clear()
    found = reconciling.reconcile_gifts(since=NOON - dt.timedelta(days=1), now=NOON + dt.timedelta(hours=1))
    assert (found.mended, found.differences) == (2, ())
    assert balances() == {"provider": 4500, "disputed": 2500, "general": -7000}
    assert balances()["provider"] == provider.balance()
    assert (made.amount_cents, dispute.amount_cents) == (500, 2500)
