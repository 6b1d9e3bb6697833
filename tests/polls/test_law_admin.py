"""Organizers' pages of the ledger and the law: who may, what they show, what they refuse."""

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from polls.enums import ProjectState
from polls.models import LedgerEntry, LegalLimits, PollProject, ProjectMove, ProviderEvent
from polls.queries.audit import audit_trail
from polls.queries.ledger import left_cents
from polls.queries.limits import gave_too_much, gifts_to_return, limits_at
from polls.services.expenses import record_expense
from polls.services.offline import confirm_gift
from polls.services.settling import OVER_THE_MOST
from supporters.models import User
from tests import people
from tests.make import NOON
from tests.polls import builders
from tests.polls.law_fixtures import DAY, bill, gift, law, offline, went_back

# Django's own admin templates read variables that are not always set.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LEDGER = "/admin/polls/ledgerentry/"
PAGES = [f"{LEDGER}{name}" for name in ("", "accounts/", "trial-balance/", "expense/", "audit/")]
LAW = [f"/admin/polls/legallimits/{name}" for name in ("", "add/", "standing/", "disclosure/")]


@pytest.fixture
def edith(client: Client) -> User:
    edith = people.edith()
    client.force_login(edith)
    return edith


@pytest.fixture
def project(no_country: None) -> PollProject:
    law(riding_cents=50_000)
    row = builders.project()
    gift(100_000, project=row)
    return row


def bill_form(project: PollProject, **changes: Any) -> dict[str, Any]:
    values = {
        "token": uuid4(), "project": project.pk, "dollars": "300.50", "category": "election_survey",
        "paid_from": "bank", "memo": "Oraclepoll, bill 7",
    }  # fmt: skip
    return {**values, **changes}


@pytest.mark.parametrize("address", [*PAGES, *LAW, "/admin/polls/providerevent/"])
def test_every_page_opens_for_organizers(
    edith: User, client: Client, project: PollProject, address: str
) -> None:
    record_expense(expense=bill(project, 30_000), by=edith, now=NOON)

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, *LAW, "/admin/polls/providerevent/"])
def test_staff_without_the_right_are_sent_away(client: Client, address: str) -> None:
    client.force_login(User.objects.create_user("clerk@example.org", "a long pass phrase", is_staff=True))

    assert client.get(address).status_code == 403


def test_who_only_looks_pays_no_bill(client: Client, project: PollProject) -> None:
    clerk = User.objects.create_user("clerk@example.org", "a long pass phrase", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_ledgerentry"))
    client.force_login(clerk)

    assert client.get(f"{LEDGER}accounts/").status_code == 200
    assert client.post(f"{LEDGER}expense/", bill_form(project)).status_code == 403
    assert left_cents(project.pk) == 100_000


def test_the_ledger_is_not_changed_by_hand(edith: User, client: Client, project: PollProject) -> None:
    entry = LedgerEntry.objects.get()
    page = reverse("admin:polls_ledgerentry_change", args=[entry.pk])

    assert "$1,000" in client.get(page).content.decode()
    assert client.get(f"{LEDGER}add/").status_code == 403
    assert client.post(page, {"memo": "x"}).status_code == 403
    assert (
        client.post(reverse("admin:polls_ledgerentry_delete", args=[entry.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_a_bill_is_paid_by_the_form_and_once_if_sent_twice(
    edith: User, client: Client, project: PollProject
) -> None:
    form = bill_form(project)

    first = client.post(f"{LEDGER}expense/", form)
    second = client.post(f"{LEDGER}expense/", form, follow=True)

    assert (first.status_code, first["Location"]) == (303, f"{LEDGER}accounts/")
    assert "This bill was booked already." in second.content.decode()
    assert left_cents(project.pk) == 69_950


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dollars": "500.01"}, "The limit of expenses in this riding would be passed."),
        ({"dollars": "-3"}, "greater than or equal to 0"),
        ({"dollars": "12.345"}, "no more than 2 decimal places"),
        ({"dollars": "NaN"}, "Enter a number"),
        ({"memo": ""}, "This field is required."),
        ({"paid_from": "general"}, "Select a valid choice"),
        ({"token": "x"}, ""),
    ],
)
def test_a_bill_that_cannot_be_is_refused_and_keeps_what_was_typed(
    edith: User, client: Client, project: PollProject, changes: dict[str, str], words: str
) -> None:
    answer = client.post(f"{LEDGER}expense/", bill_form(project, **changes))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (
        f'value="{changes.get("memo", "Oraclepoll, bill 7")}"' in answer.content.decode() or "memo" in changes
    )
    assert left_cents(project.pk) == 100_000


def test_a_bill_is_booked_back_with_a_reason(edith: User, client: Client, project: PollProject) -> None:
    client.post(f"{LEDGER}expense/", bill_form(project))
    entry = LedgerEntry.objects.get(kind="expense")
    page = reverse("admin:polls_ledgerentry_reverse", args=[entry.pk])

    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "typed twice"}).status_code == 303
    assert left_cents(project.pk) == 100_000
    assert client.get(reverse("admin:polls_ledgerentry_reverse", args=[0])).status_code == 404


def test_the_accounts_add_up_to_zero_and_projects_show_what_is_left(
    edith: User, client: Client, project: PollProject
) -> None:
    record_expense(expense=bill(project, 40_000), by=edith, now=NOON)

    page = client.get(f"{LEDGER}accounts/").content.decode()
    answer = client.get(f"{LEDGER}trial-balance/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]

    assert "$600" in page
    assert "do not add up" not in page
    name = f"{project.pk}: 35001 Somewhere"
    assert rows[1:] == [
        ["At the payment provider", "", "1000.00", "0.00", "1000.00"],
        ["At the bank", "", "0.00", "400.00", "-400.00"],
        ["Held for a poll project", name, "0.00", "1000.00", "-1000.00"],
        ["Paid for polls", name, "400.00", "0.00", "400.00"],
        ["Total", "", "1400.00", "1400.00", "0.00"],
    ]


def test_the_audit_trail_names_who_did_what_newest_first(
    edith: User, client: Client, project: PollProject
) -> None:
    states = {"from_state": ProjectState.DRAFT, "to_state": ProjectState.FUNDING}
    ProjectMove.objects.create(project=project, **states, reason="begun", at=NOON - DAY, by=edith)
    record_expense(expense=bill(project, 40_000), by=edith, now=NOON)

    deeds = audit_trail()
    page = client.get(f"{LEDGER}audit/").content.decode()

    assert [(deed.who, deed.what) for deed in deeds] == [
        ("edith@example.org", "Booked: Paid to a pollster (expense:bill): Oraclepoll, bill 7"),
        ("edith@example.org", f"Project {project.pk}: Draft → Funding: begun"),
    ]
    assert f"Project {project.pk}: Draft → Funding: begun" in page
    assert [deed.at for deed in audit_trail(before=NOON)] == [NOON - DAY]


def test_deeds_of_one_moment_are_not_torn_apart(edith: User, project: PollProject) -> None:
    for number in range(3):
        record_expense(expense=bill(project, 100, str(number)), by=edith, now=NOON)

    assert len(audit_trail(most=2)) == 3


@pytest.mark.parametrize("before", ["nonsense", "2026-11-23T12:00:00", "2026-99-99T12:00:00+00:00", "\x00"])
def test_a_garbled_address_shows_the_whole_trail(edith: User, client: Client, before: str) -> None:
    assert client.get(f"{LEDGER}audit/", {"before": before}).status_code == 200


def test_notices_of_providers_are_only_looked_at(edith: User, client: Client) -> None:
    event = ProviderEvent.objects.create(
        provider="local", event_id="evt_1", kind="payment", object_ref="pay_1", received_at=NOON
    )

    assert "pay_1" in client.get("/admin/polls/providerevent/").content.decode()
    assert (
        client.post(reverse("admin:polls_providerevent_delete", args=[event.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_figures_are_entered_with_their_source_and_kept_in_the_history(edith: User, client: Client) -> None:
    form = {
        "valid_from": "2027-09-01", "counts_from": "2027-09-01", "reporting_cents": 20000, "registration_cents": 50000,
        "riding_cents": 500000, "national_cents": "", "largest_gift_cents": "", "return_days": 30, "source": "",
        "registration_number": "", "financial_agent": "",
    }  # fmt: skip

    refused = client.post("/admin/polls/legallimits/add/", form)
    client.post("/admin/polls/legallimits/add/", {**form, "source": "Canada Gazette"})

    assert refused.status_code == 200
    row = LegalLimits.objects.get(valid_from="2027-09-01")
    assert (row.riding_cents, row.national_cents) == (500_000, None)
    assert [deed.who for deed in audit_trail()] == ["edith@example.org"]


def test_held_gifts_wait_with_the_day_by_which_they_go_back(project: PollProject) -> None:
    held = gift(2_500, at=NOON - 31 * DAY, held_reason="foreign card")
    newer = gift(2_500, at=NOON, held_reason="prepaid card", email="b@example.org")
    limits = limits_at(NOON)
    assert limits is not None

    found = gifts_to_return(limits, now=NOON)

    assert [(one.contribution, one.is_late) for one in found] == [(held, True), (newer, False)]
    assert found[1].back_by == (NOON + 30 * DAY).date()


def test_a_person_may_give_up_to_the_most_in_the_period_refunds_taken_off() -> None:
    law(largest_gift_cents=10_000)
    first = gift(6_000)
    gift(9_000, at=NOON - 60 * DAY)
    key = first.person_key
    builders.contribution(person_key=key, amount_cents=4_000, state="saved")

    assert not gave_too_much(key, now=NOON)
    second = gift(1)
    assert gave_too_much(key, now=NOON)
    went_back(second, 1, at=NOON)
    assert not gave_too_much(key, now=NOON)


@pytest.mark.parametrize(("most", "reason"), [(2_499, OVER_THE_MOST), (2_500, ""), (None, "")])
def test_a_gift_beyond_the_most_is_booked_and_held_to_go_back(most: int | None, reason: str) -> None:
    law(largest_gift_cents=most)
    cheque = offline(received_on=NOON.date(), entered_by=people.edith())
    row = builders.contribution(amount_cents=2_500, **cheque)

    confirm_gift(contribution=row, by=people.bruno(), now=NOON)

    row.refresh_from_db()
    assert (row.state, row.held_reason) == ("settled", reason)
    limits = limits_at(NOON)
    assert limits is not None
    assert len(gifts_to_return(limits, now=NOON)) == bool(reason)
