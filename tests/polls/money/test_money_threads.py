"""Two at once, with real commits: it happens once."""

from uuid import uuid4

import pytest

from polls.enums import ContributionState, OfflineMethod
from polls.models import Contribution, ProviderEvent, Refund
from polls.queries.ledger import balances
from polls.services import offline, provider_events, refunding, settling
from supporters.models import User
from tests import people
from tests.make import NOON, mails
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks
from tests.polls.money.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = ContributionState
BOOKED = {"provider": 2500, "general": -2500}


def paid_in_silence(provider: BadProvider) -> Contribution:
    row = walks.begin().contribution
    provider.complete(row.session_ref)
    return row


def test_one_notice_that_comes_twice_at_once(provider: BadProvider) -> None:
    paid_in_silence(provider)
    event = provider.outbox[0]

    def told() -> None:
        provider_events.note_event(provider="local", event=event, now=NOON)
        provider_events.follow_events(now=NOON)

    assert at_once(told, told, told) == [None, None, None]
    assert (ProviderEvent.objects.count(), balances(), mails()) == (1, BOOKED, ["polls/receipt"])


def test_a_notice_and_the_success_page_at_once(provider: BadProvider) -> None:
    row = paid_in_silence(provider)
    for event in provider.outbox:
        provider_events.note_event(provider="local", event=event, now=NOON)
    jobs = (
        lambda: provider_events.follow_events(now=NOON),
        lambda: settling.take_in_gift(contribution_id=row.pk, now=NOON).state,
        lambda: settling.take_in_gift(contribution_id=row.pk, now=NOON).state,
    )
    assert at_once(*jobs)[1:] == [State.SETTLED, State.SETTLED]
    assert (balances(), mails()) == (BOOKED, ["polls/receipt"])


def test_two_refunds_at_once(provider: BadProvider) -> None:
    row = walks.paid(provider)
    answers = at_once(*[lambda: _asked(row)] * 3)
    assert sorted(map(str, answers)) == ["False", "False", "True"]
    at_once(*[lambda: refunding.send_refunds(now=NOON)] * 3)
    assert (Refund.objects.count(), len(provider.refunds), balances()["provider"]) == (1, 1, 0)


def _asked(row: Contribution) -> bool:
    try:
        walks.refund_of(row)
    except refunding.NotRefundable:
        return False
    return True


def test_two_confirmers_at_once() -> None:
    gift = builders.gift()
    row = offline.enter_gift(
        gift=gift,
        method=OfflineMethod.CHEQUE,
        reference="7",
        received_on=NOON.date(),
        by=people.edith(),
        now=NOON,
    )
    confirmers = [User.objects.create_superuser(f"c{number}@example.org", None) for number in range(3)]
    jobs = [lambda by=by: offline.confirm_gift(contribution=row, by=by, now=NOON) for by in confirmers]
    assert at_once(*jobs) == [None, None, None]
    assert (balances(), mails()) == ({"bank": 2500, "general": -2500}, ["polls/receipt"])


def test_one_form_sent_twice_at_once(provider: BadProvider) -> None:
    token = uuid4()
    numbers = at_once(*[lambda: walks.begin(form_token=token).contribution.public_id] * 3)
    assert (len(set(numbers)), Contribution.objects.count(), len(provider.sessions)) == (1, 1, 1)


def test_receipts_of_gifts_that_settle_at_once_have_no_gaps(provider: BadProvider) -> None:
    rows = [paid_in_silence(provider) for _number in range(4)]
    jobs = [
        lambda pk=row.pk: settling.take_in_gift(contribution_id=pk, now=NOON).receipt_number for row in rows
    ]
    assert sorted(at_once(*jobs)) == [1, 2, 3, 4]  # type: ignore[type-var]
