"""What became of a gift: applied once, never backwards, and never silently where something is wrong."""

from dataclasses import replace

import pytest

from campaign.models import OrganizerAlert
from polls.enums import ContributionState, ProjectState, RefundReason
from polls.gateways import GatewayDown
from polls.models import Refund, SavedCard
from polls.queries.ledger import balances, places_of_gift
from polls.services import settling
from tests.make import NOON, mails
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState


def test_a_paid_gift_is_booked_once_however_often_it_is_asked_for(provider: BadProvider) -> None:
    provider.fee_cents = 103
    row = walks.paid(provider, walks.keep_it())
    again = walks.looked_up(row, walks.LATER)
    assert (again.state, again.settled_at, again.receipt_number) == (State.SETTLED, NOON, row.receipt_number)
    assert balances() == {"provider": 2397, "fees": 103, "project": -2500}
    assert mails() == ["polls/receipt"]


def test_a_fee_that_is_known_later_is_booked_later(provider: BadProvider) -> None:
    row = walks.paid(provider)
    provider.payments[row.payment_ref] = replace(provider.payments[row.payment_ref], fee_cents=50)
    walks.looked_up(row)
    walks.looked_up(row)
    assert balances() == {"provider": 2450, "fees": 50, "general": -2500}


def test_receipts_have_numbers_without_gaps(provider: BadProvider) -> None:
    first, second = walks.paid(provider), walks.paid(provider)
    assert (first.receipt_number or 0) + 1 == second.receipt_number


def test_a_saved_card_is_a_promise_and_no_money(provider: BadProvider) -> None:
    row = walks.saved(provider, builders.project())
    assert (row.state, bool(row.method_ref), balances()) == (State.SAVED, True, {})
    assert SavedCard.objects.get().method_ref == row.method_ref


def test_an_open_page_changes_nothing_and_an_expired_one_lapses(provider: BadProvider) -> None:
    row = walks.begin().contribution
    assert walks.looked_up(row).state == State.STARTED
    provider.expire(row.session_ref)
    assert walks.looked_up(row).state == State.LAPSED


def test_who_pays_after_we_gave_up_has_paid(provider: BadProvider) -> None:
    row = walks.begin().contribution
    type(row).objects.filter(pk=row.pk).update(state=State.LAPSED)
    provider.complete(row.session_ref)
    assert walks.looked_up(row).state == State.SETTLED


def test_a_silent_provider_changes_nothing(provider: BadProvider) -> None:
    row = walks.begin().contribution
    provider.complete(row.session_ref)
    provider.faults = lambda _call: "after"
    with pytest.raises(GatewayDown):
        walks.looked_up(row)
    row.refresh_from_db()
    assert (row.state, balances()) == (State.STARTED, {})


def test_a_prepaid_card_is_given_back(provider: BadProvider) -> None:
    row = walks.paid(provider, card=Card(is_prepaid=True))
    refund = Refund.objects.get()
    assert (row.state, row.held_reason) == (State.SETTLED, settling.PREPAID_CARD)
    assert (refund.amount_cents, refund.reason) == (2500, RefundReason.NOT_ALLOWED)


def test_a_prepaid_card_that_is_only_saved_is_released(provider: BadProvider) -> None:
    row = walks.saved(provider, builders.project(), Card(is_prepaid=True))
    assert (row.state, row.held_reason) == (State.RELEASED, settling.PREPAID_CARD)


def test_a_foreign_card_is_booked_and_held_for_a_person(provider: BadProvider) -> None:
    row = walks.paid(provider, card=Card(country="US"))
    assert (row.state, row.held_reason) == (State.SETTLED, settling.FOREIGN_CARD)
    assert OrganizerAlert.objects.filter(key=f"polls.money:held:{row.public_id}").count() == 1
    settling.end_hold(contribution=row)
    row.refresh_from_db()
    assert row.held_reason == ""


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"amount_cents": 2400}, "another amount was paid"),
        ({"contribution": None}, "payment of another gift"),
    ],
)
def test_what_does_not_fit_is_held_and_not_booked(
    provider: BadProvider, wrong: dict[str, object], reason: str
) -> None:
    row = walks.begin().contribution
    ref = provider.complete(row.session_ref).payment_ref
    provider.payments[ref] = replace(provider.payments[ref], **wrong)  # type: ignore[arg-type]
    found = walks.looked_up(row)
    assert (found.state, found.held_reason, balances()) == (State.STARTED, reason, {})
    assert OrganizerAlert.objects.count() == 1


def test_a_second_payment_of_a_gift_is_held_and_not_booked(provider: BadProvider) -> None:
    row = walks.paid(provider)
    second = provider.pay_directly(row.public_id, row.amount_cents)
    found = settling.apply_facts(contribution_id=row.pk, facts=settling.Facts(payment=second), now=NOON)
    assert (found.payment_ref, found.held_reason) == (row.payment_ref, "paid once more")
    assert balances() == {"provider": 2500, "general": -2500}


def test_a_gift_that_arrives_late_is_booked_to_its_project(provider: BadProvider) -> None:
    project = walks.keep_it()
    row = walks.begin(project).contribution
    type(project).objects.filter(pk=project.pk).update(state=ProjectState.FAILED)
    provider.complete(row.session_ref)
    walks.looked_up(row)
    assert places_of_gift(row.pk) == {project.pk: 2500}
