"""Comparing with the provider: gaps are mended, what cannot be mended is told."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaign.models import OrganizerAlert
from polls import tasks
from polls.enums import ContributionState
from polls.gateways import GatewayDown
from polls.queries.ledger import balances
from polls.services import charging, reconciling, refunding
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState
SINCE = NOON - dt.timedelta(days=3)
NEXT_DAY = NOON + dt.timedelta(hours=26)


def compared(now: dt.datetime = NOON) -> reconciling.Comparison:
    return reconciling.reconcile_gifts(since=SINCE, now=now)


def test_a_lost_session_is_found_by_the_number_of_its_gift(provider: BadProvider) -> None:
    provider.faults = lambda _call: "after"
    with pytest.raises(GatewayDown):
        walks.begin()
    provider.faults = lambda _call: ""
    provider.complete(next(iter(provider.sessions)))
    assert (compared().mended, balances()) == (1, {"provider": 2500, "general": -2500})


def test_what_was_never_paid_lapses_after_a_day(provider: BadProvider) -> None:
    row = walks.begin().contribution
    compared(NOON + dt.timedelta(hours=24))
    row.refresh_from_db()
    assert row.state == State.STARTED
    compared(NEXT_DAY)
    row.refresh_from_db()
    assert row.state == State.LAPSED


def test_charges_and_refunds_without_an_answer_are_asked_again(provider: BadProvider) -> None:
    project = builders.project()
    promise, gift = walks.saved(provider, project), walks.paid(provider)
    charging.ask_charges(project=project, now=NOON)
    walks.refund_of(gift)
    provider.faults = lambda _call: "after"
    charging.send_charges(now=NOON)
    refunding.send_refunds(now=NOON)
    provider.faults = lambda _call: ""
    compared(NEXT_DAY)
    promise.refresh_from_db()
    gift.refresh_from_db()
    assert (promise.state, gift.state) == (State.SETTLED, State.REFUNDED)
    assert balances()["provider"] == provider.balance() == 2500


def test_money_without_a_gift_is_told(provider: BadProvider) -> None:
    walks.begin()
    stray = provider.pay_directly(None, 1234)
    assert compared().differences == (f"payment {stray.ref} belongs to no gift",)
    assert OrganizerAlert.objects.filter(key="polls.money:difference:2026-11-23").count() == 1


def test_a_booked_payment_that_the_provider_does_not_know_is_told(provider: BadProvider) -> None:
    row = walks.paid(provider)
    provider.payments.clear()
    provider.sessions.clear()
    assert compared().differences == (f"payment {row.payment_ref} is booked, the provider has none",)


def test_a_payment_that_is_held_is_told(provider: BadProvider) -> None:
    row = walks.paid(provider)
    second = provider.pay_directly(row.public_id, 2500)
    assert compared().differences == (f"payment {second.ref} is not booked",)
    provider.refund_by_hand(second.ref, 2500)
    assert compared().differences == ()
    row.refresh_from_db()
    assert (row.state, balances()) == (State.SETTLED, {"provider": 2500, "general": -2500})


def test_the_command_prints_what_it_found(provider: BadProvider) -> None:
    walks.begin()
    written = StringIO()
    call_command("reconcile_gifts", since="2026-11-01", stdout=written)
    assert json.loads(written.getvalue()) == {"looked_at": 1, "mended": 0, "differences": []}


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01"])
def test_the_command_wants_a_day(day: str) -> None:
    with pytest.raises(CommandError, match="is no day"):
        call_command("reconcile_gifts", since=day)


def test_a_silent_provider_ends_the_command_and_leaves_the_job_for_later(provider: BadProvider) -> None:
    walks.begin()
    provider.faults = lambda _call: "before"
    with pytest.raises(CommandError, match="did not answer"):
        call_command("reconcile_gifts", since="2026-11-01")
    tasks.reconcile_gifts(later_argument=1)


def test_jobs_run_by_themselves(provider: BadProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polls.tasks.now", lambda: NEXT_DAY)
    project = builders.project()
    promise, gift = walks.declined(provider, project), walks.paid(provider)
    walks.refund_of(gift)
    next(iter(provider.cards.values())).is_declined = False
    provider.by_key.clear()
    for job in (tasks.follow_events, tasks.send_charges, tasks.send_refunds, tasks.forget_cards):
        job()
    promise.refresh_from_db()
    gift.refresh_from_db()
    assert (promise.state, promise.method_ref, gift.state) == (State.SETTLED, "", State.REFUNDED)
