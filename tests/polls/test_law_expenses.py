"""Bills: booked once, never more than is held, never beyond the law."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from campaign.models import OrganizerAlert
from polls.enums import Account, ProjectState, SpendingCategory
from polls.models import LedgerEntry, PollProject
from polls.queries.ledger import balances, left_cents, received_cents
from polls.queries.limits import limits_at, meters_of
from polls.services.expenses import NotSpendable, record_expense, reverse_expense
from polls.services.projects import MoveRefused, fail_project
from supporters.models import User
from tests import people
from tests.make import NOON
from tests.polls import builders
from tests.polls.law_fixtures import DAY, bill, gift, law

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith() -> User:
    return people.edith()


@pytest.fixture
def project(no_country: None) -> PollProject:
    law(riding_cents=100_000, national_cents=150_000)
    row = builders.project()
    gift(120_000, project=row)
    return row


def pay(expense: Any, by: User, now: dt.datetime = NOON) -> bool:
    return record_expense(expense=expense, by=by, now=now)


def test_a_bill_is_paid_out_of_its_project_whose_thermometer_stays(project: PollProject, edith: User) -> None:
    assert pay(bill(project, 50_000), edith)

    assert (received_cents(project.pk), left_cents(project.pk)) == (120_000, 70_000)
    assert balances() == {"bank": -50_000, "project": -120_000, "provider": 120_000, "spent": 50_000}
    entry = LedgerEntry.objects.get(key="expense:bill")
    assert (entry.category, entry.memo, entry.by) == ("election_survey", "Oraclepoll, bill 7", edith)


def test_sent_twice_it_is_paid_once(project: PollProject, edith: User) -> None:
    assert [pay(bill(project, 50_000), edith), pay(bill(project, 50_000), edith)] == [True, False]
    assert left_cents(project.pk) == 70_000


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount_cents": 0}, "above nothing"),
        ({"amount_cents": -5}, "above nothing"),
        ({"amount_cents": 120_001}, "more than this project holds"),
        ({"amount_cents": 100_001}, "in this riding would be passed"),
        ({"paid_from": Account.GENERAL}, "from the bank"),
        ({"memo": "  "}, "what was paid"),
    ],
)
def test_what_cannot_be_paid_is_refused_in_words(
    project: PollProject, edith: User, wrong: dict[str, Any], words: str
) -> None:
    values = {"cents": wrong.pop("amount_cents", 5_000), **wrong}

    with pytest.raises(NotSpendable, match=words):
        pay(bill(project, **values), edith)
    assert not LedgerEntry.objects.filter(kind="expense").exists()


def test_the_limit_of_a_riding_counts_all_its_projects_to_the_cent(project: PollProject, edith: User) -> None:
    pay(bill(project, 60_000), edith)
    second = builders.project(project.riding, state="draft")
    gift(50_000, project=second)

    with pytest.raises(NotSpendable, match="in this riding"):
        pay(bill(second, 40_001, key="second"), edith)
    assert pay(bill(second, 40_000, key="second"), edith)


def test_the_national_limit_counts_all_ridings(project: PollProject, edith: User) -> None:
    pay(bill(project, 100_000), edith)
    other = builders.project(builders.riding(35002, "Elsewhere"))
    gift(90_000, project=other)

    with pytest.raises(NotSpendable, match="national limit"):
        pay(bill(other, 50_001, key="other"), edith)


def test_what_is_not_regulated_counts_against_no_limit(project: PollProject, edith: User) -> None:
    assert pay(bill(project, 110_000, category=SpendingCategory.OTHER), edith)

    limits = limits_at(NOON)
    assert limits is not None
    assert meters_of(limits).national.used_cents == 0


def test_spending_of_before_the_period_does_not_count(project: PollProject, edith: User) -> None:
    pay(bill(project, 100_000), edith, NOON - DAY)
    law(riding_cents=100_000)
    project.refresh_from_db()
    gift(100_000, project=project)
    law_from_today = NOON.date()
    row = law(riding_cents=100_000)
    row.counts_from = row.valid_from = law_from_today
    row.save()

    assert pay(bill(project, 90_000, key="new"), edith)


def test_without_figures_of_the_law_nothing_regulated_is_paid(project: PollProject, edith: User) -> None:
    with pytest.raises(NotSpendable, match="enter them first"):
        pay(bill(project, 5_000), edith, dt.datetime(2010, 1, 1, tzinfo=dt.UTC))


def test_organizers_are_told_once_at_60_80_and_100_per_cent(project: PollProject, edith: User) -> None:
    for number, cents in enumerate([59_000, 1_000, 5_000, 15_000, 20_000]):
        pay(bill(project, cents, key=str(number)), edith)

    told = OrganizerAlert.objects.filter(key__startswith="polls.limits:riding").order_by("pk")
    assert list(told.values_list("message", flat=True)) == [
        "Regulated expenses have reached 60 % of the riding 35001 limit.",
        "Regulated expenses have reached 80 % of the riding 35001 limit.",
        "Regulated expenses have reached 100 % of the riding 35001 limit.",
    ]
    assert OrganizerAlert.objects.filter(key__startswith="polls.limits:registration").count() == 1


def test_a_bill_booked_back_frees_its_money_and_its_part_of_the_limit(
    project: PollProject, edith: User
) -> None:
    pay(bill(project, 100_000), edith)
    entry = LedgerEntry.objects.get(key="expense:bill")

    assert reverse_expense(entry=entry, reason="typed twice", by=edith, now=NOON)
    assert not reverse_expense(entry=entry, reason="again", by=edith, now=NOON)
    assert left_cents(project.pk) == 120_000
    assert pay(bill(project, 100_000, key="right"), edith)
    mirror = LedgerEntry.objects.get(key=f"expense-reversed:{entry.pk}")
    with pytest.raises(NotSpendable):
        reverse_expense(entry=mirror, reason="no", by=edith, now=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_bills_at_once_never_spend_more_than_is_held(no_country: None) -> None:
    law()
    edith, project = people.edith(), builders.project()
    gift(100_000, project=project)
    barrier, refused = threading.Barrier(4), []

    def work(key: str) -> None:
        barrier.wait()
        try:
            pay(bill(project, 40_000, key=key), edith)
        except NotSpendable as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(key,)) for key in ("a", "b", "c", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert left_cents(project.pk) == 20_000
    assert LedgerEntry.objects.filter(kind="expense").count() == 2
    assert refused == ["That is more than this project holds."] * len(refused)


def test_a_paid_project_fails_only_once_its_bill_is_booked_back(project: PollProject, edith: User) -> None:
    PollProject.objects.update(state=ProjectState.FUNDED)
    pay(bill(project, 50_000), edith)
    with pytest.raises(MoveRefused, match="spent"):
        fail_project(project=project, reason="No answer", by=edith, now=NOON)

    entry = LedgerEntry.objects.get(key="expense:bill")
    reverse_expense(entry=entry, reason="returned", by=edith, now=NOON)
    assert fail_project(project=project, reason="No answer", by=edith, now=NOON).state == ProjectState.FAILED
