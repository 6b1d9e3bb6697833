"""Beginning a gift: the row stands before the provider is asked, and one form is one gift."""

import datetime as dt
from uuid import uuid4

import pytest

from polls.enums import ContributionState, ProjectState
from polls.gateways import GatewayDown
from polls.models import Contribution
from polls.services import giving
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.money import walks

pytestmark = pytest.mark.django_db


def test_a_gift_is_written_before_the_provider_is_asked(provider: BadProvider) -> None:
    provider.faults = lambda _call: "before"
    with pytest.raises(GatewayDown):
        walks.begin()
    row = Contribution.objects.get()
    assert (row.state, row.session_ref, row.amount_cents) == ("started", "", 2500)
    assert provider.sessions == {}


def test_the_giver_is_sent_to_the_page_and_back(provider: BadProvider) -> None:
    begun = walks.begin()
    order, saves = provider.orders[begun.contribution.session_ref]
    assert begun.url == f"https://pay.example/{begun.contribution.session_ref}"
    assert order.success_url == f"https://ours.example/back/{begun.contribution.public_id}/"
    assert (order.amount_cents, order.key, saves) == (
        2500,
        f"session:{begun.contribution.public_id}:1",
        False,
    )


def test_one_form_sent_twice_is_one_gift(provider: BadProvider) -> None:
    token = uuid4()
    first, second = walks.begin(form_token=token), walks.begin(form_token=token)
    assert first == second
    assert (Contribution.objects.count(), len(provider.sessions)) == (1, 1)


def test_another_amount_in_the_same_form_is_another_gift() -> None:
    token = uuid4()
    walks.begin(form_token=token)
    walks.begin(form_token=token, amount_cents=5000)
    assert sorted(Contribution.objects.values_list("amount_cents", flat=True)) == [2500, 5000]


def test_a_form_of_a_paid_gift_leads_to_its_success_page(provider: BadProvider) -> None:
    token = uuid4()
    row = walks.paid(provider, form_token=token)
    assert walks.begin(form_token=token).url == f"https://ours.example/back/{row.public_id}/"


def test_a_lost_answer_is_asked_for_again_under_the_same_key(provider: BadProvider) -> None:
    token = uuid4()
    provider.faults = lambda _call: "after"
    with pytest.raises(GatewayDown):
        walks.begin(form_token=token)
    provider.faults = lambda _call: ""
    assert walks.begin(form_token=token).contribution.session_ref in provider.sessions
    assert len(provider.sessions) == 1


@pytest.mark.parametrize(("days", "saves"), [(30, True), (6, True), (5, False), (1, False)])
def test_a_card_is_saved_first_where_the_deadline_is_far(
    provider: BadProvider, days: int, saves: bool
) -> None:
    project = builders.project(deadline_at=NOON + dt.timedelta(days=days))
    row = walks.begin(project).contribution
    assert (row.is_saved_first, provider.orders[row.session_ref][1]) == (saves, saves)


def test_keep_it_charges_at_once() -> None:
    assert not walks.begin(walks.keep_it()).contribution.is_saved_first


@pytest.mark.parametrize("state", sorted(set(ProjectState) - {ProjectState.FUNDING}))
def test_a_project_that_takes_no_gifts_takes_none(state: str) -> None:
    with pytest.raises(giving.GivingClosed):
        walks.begin(builders.project(state=state))
    assert not Contribution.objects.exists()


def test_a_project_past_its_deadline_takes_no_gifts() -> None:
    with pytest.raises(giving.GivingClosed):
        walks.begin(builders.project(deadline_at=NOON))


def test_without_a_provider_no_card_is_taken(settings: object) -> None:
    settings.PAYMENT_PROVIDER = ""  # type: ignore[attr-defined]
    with pytest.raises(giving.CardsNotTaken):
        walks.begin()


def test_a_declined_card_is_mended_and_charged_at_once(provider: BadProvider) -> None:
    row = walks.declined(provider, builders.project())
    begun = giving.mend_card(contribution=row, now=walks.LATER, **walks.URLS)
    provider.complete(begun.contribution.session_ref, Card())
    mended = walks.looked_up(row, walks.LATER)
    assert (mended.state, mended.next_charge_at) == (ContributionState.FAILING, walks.LATER)
    assert mended.method_ref != row.method_ref


def test_only_a_declined_card_is_mended(provider: BadProvider) -> None:
    row = walks.saved(provider, builders.project())
    with pytest.raises(giving.NothingToMend):
        giving.mend_card(contribution=row, now=NOON, **walks.URLS)
