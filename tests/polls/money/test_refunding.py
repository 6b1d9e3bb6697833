"""Giving back: never more than is left, never twice, and booked back where it does not arrive."""

import pytest

from campaign.models import OrganizerAlert
from polls.enums import ContributionState, RefundState
from polls.models import Contribution, Refund
from polls.queries.ledger import balances, places_of_gift
from polls.services import disputing, moving, refunding, taking_in
from tests.make import NOON, mails
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState


def state_of(row: Contribution) -> str:
    row.refresh_from_db()
    return row.state


def test_a_refund_is_sent_once_and_booked_from_where_the_money_is(provider: BadProvider) -> None:
    row = walks.paid(provider, walks.keep_it())
    moving.move_gift(contribution=row, to=None, now=NOON)
    walks.refund_of(row)
    assert (refunding.send_refunds(now=NOON), refunding.send_refunds(now=walks.LATER)) == (1, 0)
    assert (state_of(row), len(provider.refunds)) == (State.REFUNDED, 1)
    assert (places_of_gift(row.pk), balances()) == ({}, {"provider": 0, "project": 0, "general": 0})
    assert mails() == ["polls/receipt", "polls/moved", "polls/refunded"]


def test_parts_are_given_back_up_to_what_is_left(provider: BadProvider) -> None:
    row = walks.paid(provider)
    walks.refund_of(row, 1000)
    refunding.send_refunds(now=NOON)
    with pytest.raises(refunding.NotRefundable):
        walks.refund_of(row, 1501)
    assert walks.refund_of(row).amount_cents == 1500
    refunding.send_refunds(now=NOON)
    assert (state_of(row), balances()) == (State.REFUNDED, {"provider": 0, "general": 0})


@pytest.mark.parametrize("amount", [0, -1, 2501])
def test_nothing_and_too_much_is_refused(provider: BadProvider, amount: int) -> None:
    row = walks.paid(provider)
    with pytest.raises(refunding.NotRefundable):
        walks.refund_of(row, amount)
    assert not Refund.objects.exists()


def test_one_refund_is_under_way_at_a_time(provider: BadProvider) -> None:
    row = walks.paid(provider)
    walks.refund_of(row, 1000)
    with pytest.raises(refunding.NotRefundable):
        walks.refund_of(row, 1000)


def test_what_never_came_is_not_given_back() -> None:
    with pytest.raises(refunding.NotRefundable):
        walks.refund_of(walks.begin().contribution)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_silent_provider_is_asked_again_under_the_same_key(provider: BadProvider, when: str) -> None:
    row = walks.paid(provider)
    walks.refund_of(row)
    provider.faults = lambda _call: when
    assert refunding.send_refunds(now=NOON) == 0
    provider.faults = lambda _call: ""
    assert refunding.send_refunds(now=walks.LATER) == 1
    assert (state_of(row), len(provider.refunds), balances()["provider"]) == (State.REFUNDED, 1, 0)


def test_a_pending_refund_is_booked_when_it_has_succeeded(provider: BadProvider) -> None:
    row = walks.paid(provider)
    walks.refund_of(row)
    provider.keeps_refunds_pending = True
    refunding.send_refunds(now=NOON)
    assert (state_of(row), balances()["provider"]) == (State.SETTLED, 2500)
    provider.end_refund(Refund.objects.get().provider_ref, succeeds=True)
    refunding.send_refunds(now=walks.LATER)
    assert (state_of(row), provider.calls.count("refund")) == (State.REFUNDED, 1)


def test_a_refund_that_comes_back_is_booked_back(provider: BadProvider) -> None:
    row = walks.paid(provider)
    walks.refund_of(row)
    refunding.send_refunds(now=NOON)
    ref = Refund.objects.get().provider_ref
    provider.end_refund(ref, succeeds=False)
    for _time in range(2):
        taking_in.take_in(provider, "refund", ref, now=NOON)
    assert (state_of(row), Refund.objects.get().state) == (State.SETTLED, RefundState.FAILED)
    assert balances() == {"provider": 2500, "general": -2500}


def test_a_refused_refund_fails_and_organizers_learn_of_it(provider: BadProvider) -> None:
    row = walks.paid(provider)
    walks.refund_of(row)
    provider.refuses_refunds = True
    refunding.send_refunds(now=NOON)
    refund = Refund.objects.get()
    assert (refund.state, refund.error, state_of(row)) == (
        RefundState.FAILED,
        "more than is left",
        State.SETTLED,
    )
    assert OrganizerAlert.objects.filter(key=f"polls.money:refund:{refund.pk}").count() == 1


def test_a_refund_made_at_the_provider_is_written_down(provider: BadProvider) -> None:
    row = walks.paid(provider)
    made = provider.refund_by_hand(row.payment_ref, 700)
    for _time in range(2):
        taking_in.take_in(provider, "refund", made.ref, now=NOON)
    refund = Refund.objects.get()
    assert (refund.state, refund.amount_cents, refund.is_made_elsewhere) == (RefundState.SUCCEEDED, 700, True)
    assert balances() == {"provider": 1800, "general": -1800}
    assert OrganizerAlert.objects.filter(key=f"polls.money:refund:{refund.pk}").count() == 1


def opened(provider: BadProvider, row: Contribution) -> str:
    dispute = provider.open_dispute(row.payment_ref)
    taking_in.take_in(provider, "dispute", dispute.ref, now=NOON)
    return dispute.ref


def test_a_disputed_gift_is_withheld_and_not_given_back(provider: BadProvider) -> None:
    row = walks.paid(provider)
    opened(provider, row)
    assert (state_of(row), balances()) == (
        State.DISPUTED,
        {"provider": 0, "disputed": 2500, "general": -2500},
    )
    with pytest.raises(refunding.NotRefundable):
        walks.refund_of(row)
    with pytest.raises(moving.NotMovable):
        moving.move_gift(contribution=row, to=None, now=NOON)


@pytest.mark.parametrize(
    ("is_won", "state", "left"), [(True, State.SETTLED, 2500), (False, State.CHARGED_BACK, 0)]
)
def test_a_dispute_ends_once(provider: BadProvider, is_won: bool, state: str, left: int) -> None:
    row = walks.paid(provider)
    ref = opened(provider, row)
    provider.close_dispute(ref, is_won=is_won)
    for _time in range(2):
        taking_in.take_in(provider, "dispute", ref, now=NOON)
    assert (state_of(row), balances()) == (state, {"provider": left, "disputed": 0, "general": -left})


def test_a_stale_answer_reopens_no_dispute(provider: BadProvider) -> None:
    row = walks.paid(provider)
    ref = opened(provider, row)
    stale = provider.disputes[ref]
    provider.close_dispute(ref, is_won=False)
    taking_in.take_in(provider, "dispute", ref, now=NOON)
    disputing.take_in_dispute(contribution_id=row.pk, found=stale, now=NOON)
    assert state_of(row) == State.CHARGED_BACK


def test_a_dispute_of_what_was_given_back_costs_the_general_fund(provider: BadProvider) -> None:
    project = walks.keep_it()
    row = walks.paid(provider, project)
    walks.refund_of(row)
    refunding.send_refunds(now=NOON)
    ref = opened(provider, row)
    provider.close_dispute(ref, is_won=False)
    taking_in.take_in(provider, "dispute", ref, now=NOON)
    assert (state_of(row), balances()) == (
        State.CHARGED_BACK, {"provider": -2500, "disputed": 0, "project": 0, "general": 2500},
    )  # fmt: skip


def test_what_a_dispute_says_before_the_gift_is_known_is_taken_in_with_it(provider: BadProvider) -> None:
    row = walks.begin().contribution
    opened_ref = provider.open_dispute(provider.complete(row.session_ref).payment_ref).ref
    taking_in.take_in(provider, "dispute", opened_ref, now=NOON)
    assert state_of(row) == State.DISPUTED
