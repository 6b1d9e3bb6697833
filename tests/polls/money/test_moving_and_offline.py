"""Moving money between purposes, and cheques and transfers that two people see."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from polls.enums import ContributionState, OfflineMethod, RefundState
from polls.models import Contribution
from polls.queries.ledger import balances, places_of_gift
from polls.services import moving, offline, refunding
from supporters.models import User
from tests import people
from tests.make import NOON, mails
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def edith() -> User:
    return people.edith()


@pytest.fixture
def frida() -> User:
    return User.objects.create_superuser("frida@example.org", None)


def entered(by: User, reference: str = "117", **fields: object) -> Contribution:
    gift = builders.gift(fields.pop("project", None), **fields)  # type: ignore[arg-type]
    return offline.enter_gift(
        gift=gift, method=OfflineMethod.CHEQUE, reference=reference, received_on=TODAY, by=by, now=NOON
    )


def test_money_moves_in_the_ledger_and_the_giver_learns_of_it(provider: BadProvider) -> None:
    here, there = walks.keep_it(), builders.project(builders.riding(35002))
    row = walks.paid(provider, here)
    for _time in range(2):
        moving.move_gift(contribution=row, to=there, now=NOON)
    assert places_of_gift(row.pk) == {there.pk: 2500}
    moving.move_gift(contribution=row, to=here, now=NOON)
    assert places_of_gift(row.pk) == {here.pk: 2500}
    assert mails() == ["polls/receipt", "polls/moved", "polls/moved"]


def test_what_was_given_back_does_not_move(provider: BadProvider) -> None:
    here = walks.keep_it()
    row = walks.paid(provider, here)
    walks.refund_of(row, 1000)
    refunding.send_refunds(now=NOON)
    moving.move_gift(contribution=row, to=None, now=NOON)
    assert places_of_gift(row.pk) == {None: 1500}


def test_a_promise_does_not_move(provider: BadProvider) -> None:
    row = walks.saved(provider, builders.project())
    with pytest.raises(moving.NotMovable):
        moving.move_gift(contribution=row, to=None, now=NOON)


def test_a_cheque_counts_once_somebody_else_has_confirmed_it(edith: User, frida: User) -> None:
    row = entered(edith)
    assert (row.state, balances()) == (State.STARTED, {})
    for _time in range(2):
        offline.confirm_gift(contribution=row, by=frida, now=NOON)
    row.refresh_from_db()
    assert (row.state, row.confirmed_by, row.receipt_number is None) == (State.SETTLED, frida, False)
    assert (balances(), mails()) == ({"bank": 2500, "general": -2500}, ["polls/receipt"])


def test_nobody_confirms_what_they_entered(edith: User) -> None:
    row = entered(edith)
    with pytest.raises(offline.SamePerson):
        offline.confirm_gift(contribution=row, by=edith, now=NOON)
    with pytest.raises(IntegrityError, match="contribution_two_people"), transaction.atomic():
        Contribution.objects.update(confirmed_by=edith)


def test_one_cheque_is_entered_once_unless_it_was_rejected(edith: User, frida: User) -> None:
    row = entered(edith)
    with pytest.raises(offline.AlreadyEntered):
        entered(frida)
    offline.reject_gift(contribution=row, by=frida, reason="It bounced.", now=NOON)
    row.refresh_from_db()
    assert (row.state, row.held_reason, row.rejected_by) == (State.LAPSED, "It bounced.", frida)
    assert entered(frida).state == State.STARTED


def test_cheques_without_a_number_are_not_taken_for_one(edith: User) -> None:
    assert entered(edith, reference="").pk != entered(edith, reference="").pk


def test_what_is_rejected_stays_rejected(edith: User, frida: User) -> None:
    row = entered(edith)
    offline.reject_gift(contribution=row, by=frida, reason="No.", now=NOON)
    with pytest.raises(offline.NotWaiting):
        offline.confirm_gift(contribution=row, by=frida, now=NOON)
    with pytest.raises(offline.NotWaiting):
        offline.reject_gift(contribution=row, by=frida, reason="No.", now=NOON)


def test_a_card_s_gift_is_not_confirmed_by_hand(provider: BadProvider, frida: User) -> None:
    with pytest.raises(offline.NotWaiting):
        offline.confirm_gift(contribution=walks.begin().contribution, by=frida, now=NOON)


def test_a_person_sends_a_cheque_back(edith: User, frida: User) -> None:
    row = entered(edith)
    offline.confirm_gift(contribution=row, by=frida, now=NOON)
    refund = walks.refund_of(row)
    assert refunding.send_refunds(now=NOON) == 0
    for _time in range(2):
        refunding.confirm_sent(refund=refund, by=frida, now=NOON)
    refund.refresh_from_db()
    row.refresh_from_db()
    assert (refund.state, refund.confirmed_by, row.state) == (RefundState.SUCCEEDED, frida, State.REFUNDED)
    assert balances() == {"bank": 0, "general": 0}


def test_a_person_does_not_send_what_the_provider_sends(provider: BadProvider, frida: User) -> None:
    refund = walks.refund_of(walks.paid(provider))
    with pytest.raises(refunding.NotRefundable):
        refunding.confirm_sent(refund=refund, by=frida, now=NOON)
