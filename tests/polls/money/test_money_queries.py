"""What pages show of the money, and what is left when a person goes."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from polls.enums import ContributionState
from polls.models import Contribution
from polls.queries.money import Thermometer, public_givers, records_of, thermometers
from polls.services import forgetting, moving, refunding
from supporters.models import OutgoingMessage, Supporter
from supporters.services import forget_unconfirmed
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.money import walks

pytestmark = pytest.mark.django_db
State = ContributionState


def test_thermometers_come_from_the_ledger_and_from_promises(
    provider: BadProvider, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here, there = walks.keep_it(), builders.project(builders.riding(35002))
    walks.paid(provider, here)
    walks.paid(provider, here, amount_cents=5000)
    walks.paid(provider, here, giver=builders.giver("Bruno Roy", "bruno@example.org"))
    walks.saved(provider, there, amount_cents=4000)
    walks.begin(there)
    with django_assert_num_queries(2):
        shown = thermometers([here.pk, there.pk])
    assert shown == {here.pk: Thermometer(10_000, 0, 2), there.pk: Thermometer(0, 4000, 1)}


def test_what_left_a_project_no_longer_shows(provider: BadProvider) -> None:
    here, there = walks.keep_it(), builders.project(builders.riding(35002))
    first, second = walks.paid(provider, here), walks.paid(provider, here)
    moving.move_gift(contribution=first, to=there, now=NOON)
    walks.refund_of(second)
    refunding.send_refunds(now=NOON)
    assert thermometers([here.pk, there.pk]) == {here.pk: Thermometer(), there.pk: Thermometer(2500, 0, 1)}


def test_a_declined_card_promises_nothing(provider: BadProvider) -> None:
    project = builders.project()
    walks.declined(provider, project)
    assert thermometers([project.pk]) == {project.pk: Thermometer()}


def test_only_who_wants_to_be_named_is(provider: BadProvider) -> None:
    project = walks.keep_it()
    walks.paid(provider, project, giver=builders.giver("Zoe Named", "zoe@example.org"), is_anonymous=False)
    walks.paid(provider, project, giver=builders.giver("Amara Hidden", "a@example.org"))
    gone = walks.paid(
        provider, project, giver=builders.giver("Gone Soon", "g@example.org"), is_anonymous=False
    )
    walks.refund_of(gone)
    refunding.send_refunds(now=NOON)
    assert public_givers(project.pk) == ["Zoe Named"]


def test_my_data_shows_gifts(provider: BadProvider) -> None:
    row = walks.paid(provider)
    found = records_of(supporter=Supporter.objects.get())
    assert [line[1:6] for line in found.rows] == [
        ("$25", "General poll fund", "Received", f"{row.receipt_number:06}", "Amara Diallo")
    ]


def test_who_gave_is_not_forgotten_for_silence(provider: BadProvider) -> None:
    walks.saved(provider, builders.project())
    assert forget_unconfirmed(now=NOON + dt.timedelta(days=90)) == 0


def test_erasing_keeps_what_the_law_wants_and_releases_cards(provider: BadProvider) -> None:
    settled, promise = walks.paid(provider), walks.saved(provider, builders.project())
    person = Supporter.objects.get()
    forgetting.forget_giver(supporter=person)
    settled.refresh_from_db()
    promise.refresh_from_db()
    assert (settled.name, settled.street, settled.email, settled.supporter) == (
        "Amara Diallo", "1 Main Street", "", None,
    )  # fmt: skip
    assert (promise.state, promise.name, promise.email, promise.person_key) == (State.RELEASED, "—", "", "")
    assert not OutgoingMessage.objects.filter(kind__startswith="polls/").exists()


def test_what_was_never_paid_is_emptied_after_a_month(provider: BadProvider) -> None:
    begun = walks.begin().contribution
    Contribution.objects.update(state=State.LAPSED)
    forgetting.forget_lapsed_gifts(now=NOON + dt.timedelta(days=29))
    begun.refresh_from_db()
    assert begun.name == "Amara Diallo"
    forgetting.forget_lapsed_gifts(now=NOON + dt.timedelta(days=31))
    provider.complete(begun.session_ref)
    late = walks.looked_up(begun)
    assert (late.name, late.state, late.held_reason) == ("—", State.SETTLED, "giver no longer known")
