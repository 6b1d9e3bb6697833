"""Organizers and money: who may, the rule of two people, what each action does."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from polls.enums import ContributionState, FundingModel, ProjectState, RefundState
from polls.models import Contribution, PollProject
from polls.queries.ledger import balances
from supporters.models import User
from tests import people
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.funding import given, path_of, run_jobs, states

pytestmark = pytest.mark.django_db

CHEQUE = {
    "method": "cheque",
    "reference": "000123",
    "received_on": "2026-11-20",
    "amount": "2,500.50",
    "project": "",
    "leftover": "general",
    "name": "Amara Diallo",
    "email": "",
    "street": "1 Main Street",
    "city": "Ottawa",
    "province": "ON",
    "postal_code": "K1A 0B1",
    "language": "en",
    "declaration": "I am a Canadian citizen and give my own money.",
}


@pytest.fixture
def provider(no_country: None) -> Iterator[BadProvider]:
    with time_machine.travel(NOON, tick=False), builders.standing(BadProvider()) as standing:
        yield standing


def staff(name: str, *permissions: str) -> Client:
    """Log somebody in who may do exactly this in admin."""
    user = User.objects.create_user(f"{name}@example.org", "a long pass phrase", is_staff=True)
    found = Permission.objects.filter(content_type__app_label="polls", codename__in=permissions)
    assert found.count() == len(permissions)
    user.user_permissions.set(found)
    return as_user(user)


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def of_gift(row: Contribution, what: str) -> str:
    return reverse(f"admin:polls_contribution_{what}", args=[row.pk])


def of_project(row: PollProject, what: str) -> str:
    return reverse(f"admin:polls_pollproject_{what}", args=[row.pk])


def test_a_cheque_counts_once_a_second_person_has_confirmed_it(provider: BadProvider) -> None:
    one = staff("one", "add_contribution", "change_contribution", "view_contribution")
    two = staff("two", "change_contribution", "view_contribution")
    answer = one.post(reverse("admin:polls_contribution_add"), CHEQUE)
    row = Contribution.objects.get()
    assert (answer.status_code, row.state, row.amount_cents, balances()) == (303, "started", 250_050, {})
    one.post(of_gift(row, "confirm"))
    assert states([row]) == ["started"]
    for _ in range(2):
        two.post(of_gift(row, "confirm"))

    assert (states([row]), balances()) == (["settled"], {"bank": 250_050, "general": -250_050})


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": "ten"},
        {"amount": "0"},
        {"received_on": "2999-01-01"},
        {"declaration": ""},
        {"method": "cash"},
        {"name": ""},
        {"postal_code": "K1A"},
        {"reference": ""},
    ],
    ids=str,
)
def test_a_cheque_that_is_entered_wrongly_is_not_written(
    provider: BadProvider, fields: dict[str, Any]
) -> None:
    one = staff("one", "add_contribution", "view_contribution")
    answer = one.post(reverse("admin:polls_contribution_add"), {**CHEQUE, **fields})

    assert (answer.status_code, "1 Main Street" in answer.content.decode()) == (422, True)
    assert not Contribution.objects.exists()


def test_a_cheque_is_entered_once_and_may_be_rejected_with_a_reason(provider: BadProvider) -> None:
    one = staff("one", "add_contribution", "change_contribution", "view_contribution")
    codes = [one.post(reverse("admin:polls_contribution_add"), CHEQUE).status_code for _ in range(2)]
    row = Contribution.objects.get()
    asked = one.post(of_gift(row, "reject"), {"reason": ""})
    one.post(of_gift(row, "reject"), {"reason": "It bounced."})

    row.refresh_from_db()
    assert (codes, asked.status_code, row.state, row.held_reason) == (
        [303, 422],
        422,
        "lapsed",
        "It bounced.",
    )


@pytest.mark.parametrize("name", ["confirm", "release", "pass", "sent", "reject", "refund"])
def test_looking_alone_changes_no_gift(provider: BadProvider, name: str) -> None:
    row = builders.contribution(state=ContributionState.SAVED)
    only_looks = staff("looks", "view_contribution")

    assert only_looks.get(reverse("admin:polls_contribution_changelist")).status_code == 200
    assert only_looks.get(of_gift(row, "change")).status_code == 200
    assert only_looks.post(of_gift(row, name)).status_code == 403
    assert states([row]) == ["saved"]


def test_whoever_has_no_right_sees_no_giver(provider: BadProvider) -> None:
    row = builders.contribution()
    stranger, bruno = staff("stranger"), as_user(people.bruno())

    paths = [of_gift(row, "change"), reverse("admin:polls_contribution_changelist")]
    assert [stranger.get(path).status_code for path in paths] == [403, 403]
    assert [bruno.get(path).status_code for path in paths] == [302, 302]


def test_a_refund_goes_back_in_part_then_in_full_and_never_more(provider: BadProvider) -> None:
    row = given(provider, None, 10_000)
    treasurer = staff("treasurer", "add_refund", "view_contribution")
    for amount in ("40.00", "60.01", ""):
        treasurer.post(of_gift(row, "refund"), {"amount": amount, "reason": "request"})
        run_jobs(NOON, times=1)

    amounts = row.refunds.order_by("number").values_list("amount_cents", "state")
    assert list(amounts) == [(4_000, RefundState.SUCCEEDED), (6_000, RefundState.SUCCEEDED)]
    assert (states([row]), provider.balance()) == (["refunded"], 0)
    assert LogEntry.objects.filter(change_message="refund asked for").count() == 2


def test_many_are_given_back_by_one_action(provider: BadProvider) -> None:
    rows = [given(provider, None, 1_000), given(provider, None, 2_000), builders.contribution()]
    treasurer = staff("treasurer", "add_refund", "view_contribution")
    chosen = {"action": "give_back", "_selected_action": [row.pk for row in rows]}
    page = treasurer.post(reverse("admin:polls_contribution_changelist"), chosen, follow=True)
    run_jobs(NOON, times=1)

    assert states(rows) == ["refunded", "refunded", "started"]
    assert "Refunds asked for: 2." in page.content.decode()


def test_a_held_gift_is_looked_at_and_let_pass(provider: BadProvider) -> None:
    row = given(provider, None, 1_000, card=Card(country="US"))
    assert row.held_reason
    keeper = staff("keeper", "change_contribution", "view_contribution")
    listed = keeper.get(reverse("admin:polls_contribution_changelist"), {"waits": "held"}).content.decode()
    keeper.post(of_gift(row, "pass"))

    row.refresh_from_db()
    assert (str(row.public_id)[:8] in listed, row.held_reason) == (True, "")


def test_a_draft_is_opened_from_the_board(provider: BadProvider) -> None:
    row = builders.project(state=ProjectState.DRAFT, intro_en="Why", intro_fr="Pourquoi")
    edith = as_user(people.edith())
    board = edith.get(reverse("admin:polls_pollproject_board")).content.decode()
    edith.post(of_project(row, "open"))

    assert (of_project(row, "open") in board, path_of(row)) == (True, ["funding"])
    assert list(LogEntry.objects.values_list("change_message", flat=True)) == ["opened"]


@pytest.mark.parametrize("name", ["open", "field", "fail", "settle"])
def test_looking_alone_moves_no_project(provider: BadProvider, name: str) -> None:
    row = builders.project(state=ProjectState.FUNDED)
    only_looks = staff("looks", "view_pollproject")

    assert only_looks.get(reverse("admin:polls_pollproject_board")).status_code == 200
    assert only_looks.post(of_project(row, name), {"reason": "x"}).status_code == 403
    assert path_of(row) == []


def test_terms_are_fixed_once_people_could_give(provider: BadProvider) -> None:
    row = builders.project()
    edith = as_user(people.edith())
    values = {"intro_en": "New", "intro_fr": "Nouveau", "goal_cents": "1", "pollster": "Another"}
    none = {"moves-TOTAL_FORMS": 0, "moves-INITIAL_FORMS": 0}
    answer = edith.post(of_project(row, "change"), {**values, **none})

    row.refresh_from_db()
    assert (answer.status_code, row.intro_en, row.goal_cents, row.pollster) == (
        302,
        "New",
        100_000,
        "Oraclepoll",
    )


def test_a_project_fails_with_a_reason_and_its_gifts_go_back_in_bulk(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gifts = [given(provider, row, 10_000) for _ in range(3)]
    edith = as_user(people.edith())
    asked = edith.post(of_project(row, "fail"), {"reason": " "})
    edith.post(of_project(row, "fail"), {"reason": "The firm closed."})
    edith.post(of_project(row, "settle"))
    run_jobs(NOON)

    assert (asked.status_code, path_of(row)) == (422, ["failed", "refunded"])
    assert (states(gifts), provider.balance()) == (["refunded"] * 3, 0)
