"""A provider forgets the keys of questions after a day: what was lost longer is looked for before it is asked again."""

import datetime as dt

import pytest

from polls.enums import ContributionState, ProjectState
from polls.models import Contribution, PollProject
from polls.queries.ledger import balances
from polls.rules.pauses import KEYS_KEPT_FOR, is_key_old
from polls.services import charging, refunding
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
TWO_DAYS_LATER = NOON + dt.timedelta(days=2)


def lose_the_answer_and_every_key(provider: BadProvider) -> None:
    provider.faults = lambda _call: ""
    provider.by_key.clear()


def test_a_key_is_old_after_its_time() -> None:
    at = NOON + KEYS_KEPT_FOR
    assert (
        is_key_old(asked_at=NOON, now=at),
        is_key_old(asked_at=NOON, now=at + dt.timedelta(seconds=1)),
    ) == (
        False,
        True,
    )


def test_a_charge_whose_answer_was_lost_for_days_is_not_made_twice(provider: BadProvider) -> None:
    project = builders.project()
    walks.saved(provider, project)
    PollProject.objects.update(state=ProjectState.CONFIRMING)
    charging.ask_charges(project=project, now=NOON)
    provider.faults = lambda call: "after" if call == "charge" else ""
    charging.send_charges(now=NOON)
    lose_the_answer_and_every_key(provider)

    assert charging.send_charges(now=TWO_DAYS_LATER) == 1
    assert (len(provider.payments), balances()) == (1, {"provider": 2500, "project": -2500})
    assert Contribution.objects.get().state == ContributionState.SETTLED


def test_a_charge_that_never_arrived_is_made_days_later(provider: BadProvider) -> None:
    project = builders.project()
    walks.saved(provider, project)
    PollProject.objects.update(state=ProjectState.CONFIRMING)
    charging.ask_charges(project=project, now=NOON)
    provider.faults = lambda call: "before" if call == "charge" else ""
    charging.send_charges(now=NOON)
    lose_the_answer_and_every_key(provider)

    assert (charging.send_charges(now=TWO_DAYS_LATER), len(provider.payments)) == (1, 1)


def test_a_refund_whose_answer_was_lost_for_days_is_not_sent_twice(provider: BadProvider) -> None:
    row = walks.paid(provider)
    walks.refund_of(row, 1000)
    provider.faults = lambda call: "after" if call == "refund" else ""
    refunding.send_refunds(now=NOON)
    lose_the_answer_and_every_key(provider)

    assert refunding.send_refunds(now=TWO_DAYS_LATER) == 1
    assert (len(provider.refunds), balances()) == (1, {"provider": 1500, "general": -1500})
