"""Charging saved cards: as many as are needed, once each, and again later where a card is declined."""

import datetime as dt

import pytest

from polls.enums import ChargeState, ContributionState, ProjectState
from polls.gateways import PaymentState
from polls.models import Charge, Contribution, PollProject, SavedCard
from polls.queries.ledger import balances
from polls.services import charging, giving, releasing
from tests.make import NOON, mails
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState


def state_of(row: Contribution) -> str:
    row.refresh_from_db()
    return row.state


def confirming(project: PollProject, goal_cents: int = 100_000) -> PollProject:
    project.state, project.goal_cents, project.cost_cents = ProjectState.CONFIRMING, goal_cents, goal_cents
    project.minimum_cents = goal_cents
    project.save()
    return project


def test_cards_are_charged_until_the_goal_is_reached(provider: BadProvider) -> None:
    project = builders.project()
    rows = [walks.saved(provider, project) for _number in range(4)]
    assert charging.ask_charges(project=confirming(project, 5100), now=NOON) == 3
    assert charging.ask_charges(project=project, now=NOON) == 0
    assert charging.send_charges(now=NOON) == 3
    assert [state_of(row) for row in rows] == [State.SETTLED] * 3 + [State.SAVED]
    assert balances() == {"provider": 7500, "project": -7500}


def test_a_declined_card_makes_room_for_the_next(provider: BadProvider) -> None:
    project = builders.project()
    first = walks.saved(provider, project, Card(is_declined=True))
    second = walks.saved(provider, project)
    charging.ask_charges(project=confirming(project, 2500), now=NOON)
    charging.send_charges(now=NOON)
    assert charging.ask_charges(project=project, now=NOON) == 1
    assert (state_of(first), state_of(second)) == (State.FAILING, State.CHARGING)


def test_promises_to_the_general_fund_are_charged_without_limit(provider: BadProvider) -> None:
    row = walks.saved(provider, builders.project())
    Contribution.objects.update(project=None)
    assert charging.ask_charges(project=None, now=NOON) == 1
    charging.send_charges(now=NOON)
    assert (state_of(row), balances()) == (State.SETTLED, {"provider": 2500, "general": -2500})


def test_a_card_is_tried_at_growing_pauses_then_left(provider: BadProvider) -> None:
    row = walks.declined(provider, builders.project())
    tries = [row.next_charge_at]
    while tries[-1] is not None:
        assert charging.retry_charges(now=tries[-1] - dt.timedelta(seconds=1)) == 0
        assert charging.retry_charges(now=tries[-1]) == 1
        charging.send_charges(now=tries[-1])
        row.refresh_from_db()
        tries.append(row.next_charge_at)
    assert [each - NOON for each in tries if each] == [
        dt.timedelta(hours=each) for each in (1, 6, 24, 48, 71)
    ]
    assert (row.state, provider.calls.count("charge"), mails()) == (
        State.FAILING, 6, ["polls/promised", *["polls/card_declined"] * 6],
    )  # fmt: skip


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_silent_provider_is_asked_again_under_the_same_key(provider: BadProvider, when: str) -> None:
    project = builders.project()
    row = walks.saved(provider, project)
    charging.ask_charges(project=project, now=NOON)
    provider.faults = lambda _call: when
    assert charging.send_charges(now=NOON) == 0
    provider.faults = lambda _call: ""
    assert charging.send_charges(now=NOON) == 0, "claimed by whoever asked"
    assert charging.send_charges(now=walks.LATER) == 1
    succeeded = [each for each in provider.payments.values() if each.state is PaymentState.SUCCEEDED]
    assert (state_of(row), len(succeeded), Charge.objects.count()) == (State.SETTLED, 1, 1)


def test_a_refusal_for_good_counts_as_declined(
    provider: BadProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = builders.project()
    row = walks.saved(provider, project)

    def refuse(**_asked: object) -> None:
        raise ValueError("the card is gone")

    monkeypatch.setattr(provider, "charge", refuse)
    charging.ask_charges(project=project, now=NOON)
    charging.send_charges(now=NOON)
    charge = Charge.objects.get()
    assert (state_of(row), charge.state, charge.decline_code) == (
        State.FAILING, ChargeState.DECLINED, "refused: the card is gone",
    )  # fmt: skip


def test_a_mended_card_is_charged_and_the_old_one_forgotten(provider: BadProvider) -> None:
    row = walks.declined(provider, builders.project())
    begun = giving.mend_card(contribution=row, now=NOON, **walks.URLS)
    provider.complete(begun.contribution.session_ref, Card())
    walks.looked_up(row)
    assert charging.retry_charges(now=NOON) == 1
    assert releasing.forget_cards(now=NOON) == 1
    charging.send_charges(now=NOON)
    assert (state_of(row), provider.released) == (State.SETTLED, {next(iter(provider.cards))})


def test_a_held_gift_is_not_charged(provider: BadProvider) -> None:
    project = builders.project()
    walks.saved(provider, project, Card(country="US"))
    assert charging.ask_charges(project=project, now=NOON) == 0


def test_a_released_card_is_never_charged_and_forgotten(provider: BadProvider) -> None:
    project = builders.project()
    row = walks.saved(provider, project)
    method = row.method_ref
    charging.release(contribution=row, now=NOON)
    charging.release(contribution=row, now=NOON)
    assert charging.ask_charges(project=project, now=NOON) == 0
    provider.faults = lambda _call: "after"
    assert releasing.forget_cards(now=NOON) == 0
    provider.faults = lambda _call: ""
    assert (releasing.forget_cards(now=NOON), releasing.forget_cards(now=NOON)) == (1, 0)
    assert (state_of(row), row.method_ref, provider.released) == (State.RELEASED, "", {method})
    assert SavedCard.objects.get().forgotten_at == NOON
    assert mails() == ["polls/promised", "polls/released"]


def test_a_gift_that_is_being_charged_is_not_released(provider: BadProvider) -> None:
    project = builders.project()
    row = walks.saved(provider, project)
    charging.ask_charges(project=project, now=NOON)
    charging.release(contribution=row, now=NOON)
    assert state_of(row) == State.CHARGING
