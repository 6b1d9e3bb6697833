"""The whole life of gifts with the trial provider, its signed notices going through the site's own address."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from coop4canada.kit import clock
from polls.enums import ContributionState, FundingModel
from polls.gateways import choice
from polls.models import Contribution
from polls.queries.ledger import balances
from polls.services import charging, giving, provider_events, reconciling, refunding
from polls.trial.provider import TrialProvider
from tests.polls import builders
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState


@pytest.fixture
def trial(local_provider: TrialProvider, provider: object) -> TrialProvider:
    """The trial provider at the desk, where the one in memory stood."""
    choice._CLASSES["local"] = "polls.gateways.local.LocalGateway"
    choice.gateway_of.cache_clear()
    return local_provider


def delivered(body: bytes, headers: Mapping[str, str]) -> bool:
    answer = Client().post(
        "/polls/events/local/", body, content_type="application/json", headers=dict(headers)
    )
    return answer.status_code == 200


def told(trial: TrialProvider) -> None:
    trial.send_notices(delivered, now=clock.now())
    provider_events.follow_events(now=clock.now())


def state_of(row: Contribution) -> str:
    row.refresh_from_db()
    return row.state


def begun(**fields: Any) -> Contribution:
    now = clock.now()
    project = builders.project(deadline_at=now + dt.timedelta(days=30), **fields)
    return giving.begin_gift(gift=builders.gift(project), now=now, **walks.URLS).contribution


def test_give_and_refund(trial: TrialProvider) -> None:
    row = begun(funding_model=FundingModel.KEEP_IT)
    trial.pay(row.session_ref, card="works", now=clock.now())
    told(trial)
    assert state_of(row) == State.SETTLED
    walks.refund_of(row)
    refunding.send_refunds(now=clock.now())
    told(trial)
    assert (state_of(row), balances()["project"]) == (State.REFUNDED, 0)


def test_save_charge_and_dispute(trial: TrialProvider) -> None:
    row = begun()
    trial.pay(row.session_ref, card="works", now=clock.now())
    told(trial)
    assert state_of(row) == State.SAVED
    charging.ask_charges(project=row.project, now=clock.now())
    charging.send_charges(now=clock.now())
    assert state_of(row) == State.SETTLED
    trial.open_dispute(row.payment_ref, now=clock.now())
    told(trial)
    assert (state_of(row), balances()["disputed"]) == (State.DISPUTED, 2500)


def test_a_day_without_notices(trial: TrialProvider) -> None:
    row = begun(funding_model=FundingModel.KEEP_IT)
    trial.pay(row.session_ref, card="works", now=clock.now())
    found = reconciling.reconcile_gifts(since=clock.now() - dt.timedelta(hours=1), now=clock.now())
    assert (state_of(row), found.mended, found.differences) == (State.SETTLED, 1, ())
