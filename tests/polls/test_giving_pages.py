"""The form that gives and the pages around it: nothing typed is lost, nothing is told to strangers."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from coop4canada.kit.signing import seal
from polls.enums import GIFT, MEND_CARD, ContributionState, FundingModel, ProjectState
from polls.models import Contribution, PollProject
from polls.services.charging import retry_charges
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.funding import given, run_jobs

pytestmark = pytest.mark.django_db

TYPED = {
    "chip": "25",
    "amount": "",
    "target": "neediest",
    "name": "Amara Diallo",
    "email": "amara@example.org",
    "street": "1 Main Street",
    "city": "Ottawa",
    "province": "ON",
    "postal_code": "k1a 0b1",
    "declares": "1",
    "leftover": "next",
}


@pytest.fixture
def provider(no_country: None) -> Iterator[BadProvider]:
    with time_machine.travel(NOON, tick=False), builders.standing(BadProvider()) as standing:
        yield standing


@pytest.fixture
def project(provider: BadProvider) -> PollProject:
    return builders.project()


def form_of(project: PollProject | None) -> str:
    return reverse("polls:give-for", args=[project.pk]) if project else reverse("polls:give")


def sent(client: Client, project: PollProject | None, **fields: Any) -> Any:
    values = {name: value for name, value in {**TYPED, **fields}.items() if value is not None}
    return client.post(form_of(project), values)


def test_a_gift_leads_to_the_provider_and_stands_in_a_row_before(
    client: Client, project: PollProject
) -> None:
    answer = sent(client, project, chip="own", amount="19.99")

    row = Contribution.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (303, "private, no-store")
    assert (row.amount_cents, row.project_id, row.state, row.is_saved_first) == (
        1999,
        project.pk,
        "started",
        True,
    )
    assert (row.name, row.postal_code, row.province, row.leftover) == ("Amara Diallo", "K1A0B1", "ON", "next")
    assert (row.is_anonymous, row.language, row.chose_neediest) == (True, "en", False)
    assert row.declaration.startswith("I am a Canadian citizen or a permanent resident of Canada")


def test_the_declaration_is_kept_as_it_was_read_in_french(client: Client, project: PollProject) -> None:
    answer = client.post(f"/fr{form_of(project)}", {**TYPED, "shows_name": "1"})

    row = Contribution.objects.get()
    assert (answer.status_code, row.language, row.is_anonymous) == (303, "fr", False)
    assert row.declaration.startswith("J’ai la citoyenneté canadienne")


@pytest.mark.parametrize(
    "fields",
    [
        {"chip": "", "amount": ""},
        {"chip": "own", "amount": "ten"},
        {"chip": "own", "amount": "4.99"},
        {"chip": "own", "amount": "1500.01"},
        {"name": ""},
        {"email": "amara"},
        {"street": " "},
        {"street": "1 Main \x00Street"},
        {"city": ""},
        {"province": "XX"},
        {"postal_code": "K1A"},
        {"postal_code": "90210"},
        {"declares": None},
        {"leftover": "mine"},
        {"chip": "1000000"},
        {"target": "elsewhere"},
        {"name": "Amara \ufffd"},
    ],
    ids=str,
)
def test_bad_input_keeps_what_was_typed_and_writes_nothing(
    client: Client, project: PollProject, fields: dict[str, Any]
) -> None:
    answer = sent(client, project, **fields)
    page = answer.content.decode()

    kept = {"street": "1 Main Street", "city": "Ottawa"}.items()
    assert answer.status_code == 422
    assert [f'value="{value}"' in page for name, value in kept if name not in fields] == [True] * len(
        [name for name, _value in kept if name not in fields]
    )
    assert not Contribution.objects.exists()


def test_a_form_sent_twice_is_one_gift(client: Client, project: PollProject) -> None:
    page = client.get(form_of(project)).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    answers = [sent(client, project, token=token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Contribution.objects.count() == 1


def test_a_provider_that_is_down_charges_nothing_and_keeps_what_was_typed(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    provider.faults = lambda _call: "before"
    answer = sent(client, project, chip="own", amount="33.33")
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert ["Nothing was charged" in page, 'value="33.33"' in page, 'value="1 Main Street"' in page] == [
        True
    ] * 3


@pytest.mark.parametrize("state", [state for state in ProjectState if state not in {"draft", "funding"}])
def test_a_closed_project_says_so_and_offers_others(
    client: Client, provider: BadProvider, state: ProjectState
) -> None:
    closed = builders.project(state=state)
    other = builders.project(builders.riding(35002, "Elsewhere"))
    shown, answer = client.get(form_of(closed)), sent(client, closed)

    assert (shown.status_code, answer.status_code) == (200, 409)
    assert form_of(other) in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_draft_is_no_page_at_all(client: Client, provider: BadProvider) -> None:
    draft = builders.project(state=ProjectState.DRAFT)

    assert client.get(form_of(draft)).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get("/polls/").content.decode().count("c-project") == 0


def test_without_a_provider_the_page_says_how_to_give_by_cheque(
    client: Client, project: PollProject, settings: Any
) -> None:
    settings.PAYMENT_PROVIDER = ""
    answer = client.get(form_of(project))

    assert "Interac e-Transfer" in answer.content.decode()
    assert sent(client, project).status_code == 200
    assert not Contribution.objects.exists()


def test_nobody_gives_real_money_for_a_demonstration(
    client: Client, provider: BadProvider, settings: Any
) -> None:
    made_up = builders.project(is_demonstration=True)
    assert client.get(form_of(made_up)).content.decode().count('name="declares"') == 1
    settings.PAYMENT_PROVIDER = "stripe"

    assert sent(client, made_up).status_code == 409


def test_where_it_is_needed_most_is_found_when_giving(client: Client, project: PollProject) -> None:
    other = builders.project(builders.riding(35002, "Elsewhere"), goal_cents=900_000, cost_cents=900_000)
    Contribution.objects.all().delete()
    builders.contribution(project=project, state=ContributionState.SAVED, amount_cents=50_000)
    sent(client, None)

    row = Contribution.objects.latest("pk")
    assert (row.project_id, row.chose_neediest) == (other.pk, True)


def test_the_general_fund_is_charged_at_once(client: Client, project: PollProject) -> None:
    sent(client, None, target="general")

    row = Contribution.objects.get()
    assert (row.project_id, row.chose_neediest, row.is_saved_first) == (None, False, False)


def test_a_robot_that_fills_the_trap_gives_nothing(client: Client, project: PollProject) -> None:
    assert sent(client, project, website="https://spam.example").status_code == 422
    assert not Contribution.objects.exists()


def test_a_form_from_another_site_gives_nothing(client: Client, project: PollProject) -> None:
    answer = client.post(form_of(project), TYPED, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not Contribution.objects.exists()


def test_many_gifts_from_one_connection_are_slowed_down(client: Client, project: PollProject) -> None:
    codes = [sent(client, project, email=f"a{number}@example.org").status_code for number in range(21)]

    assert codes == [303] * 20 + [429]


def test_the_giver_comes_back_to_a_page_that_says_what_the_provider_says(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    sent(client, project)
    row = Contribution.objects.get()
    back = client.get(reverse("polls:gift-back", args=[row.public_id]))
    waiting = client.get(back["Location"]).content.decode()
    provider.complete(row.session_ref)
    done = client.get(back["Location"])
    page = done.content.decode()

    row.refresh_from_db()
    assert (back.status_code, done["Cache-Control"], row.state) == (303, "private, no-store", "saved")
    assert ["has not confirmed" in waiting, "saved and not charged" in page, "$25" in page] == [True] * 3
    assert ["Main Street" in page, "amara@" in page, "Diallo" in page] == [False] * 3


def test_coming_back_alone_fulfils_nothing(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    sent(client, project)
    row = Contribution.objects.get()
    for _ in range(2):
        client.get(reverse("polls:gift", args=[seal(GIFT, row.pk)]))

    row.refresh_from_db()
    assert row.state == "started"


@pytest.mark.parametrize(
    "token",
    ["1", "x.y.z", seal("polls.other", 1), seal(GIFT, 999_999), seal(GIFT)],
    ids=["number", "letters", "other", "nobody", "empty"],
)
@pytest.mark.parametrize("name", ["gift", "mend-card", "take-back"])
def test_a_guessed_link_shows_nothing(client: Client, provider: BadProvider, name: str, token: str) -> None:
    builders.contribution()

    assert client.get(reverse(f"polls:{name}", args=[token])).status_code == 404
    assert client.get(reverse("polls:gift-back", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("state", ContributionState)
def test_every_state_of_a_gift_has_its_words(
    client: Client, provider: BadProvider, state: ContributionState
) -> None:
    row = builders.contribution(state=state, project=builders.project())
    pages = [
        client.get(f"{prefix}/polls/gifts/{seal(GIFT, row.pk)}/").content.decode() for prefix in ("", "/fr")
    ]

    assert ["c-notice" in page for page in pages] == [True, True]


def test_a_declined_card_is_mended_on_the_providers_page(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    card = Card()
    row = given(provider, project, 100_000, card=card)
    card.is_declined = True
    run_jobs(NOON, times=1)
    path = reverse("polls:mend-card", args=[seal(MEND_CARD, row.pk)])
    shown, led = client.get(path), client.post(path)
    row.refresh_from_db()
    provider.complete(row.session_ref)
    client.get(reverse("polls:gift", args=[seal(GIFT, row.pk)]))
    retry_charges(now=NOON)
    run_jobs(NOON + dt.timedelta(minutes=1))

    row.refresh_from_db()
    assert (shown.status_code, led.status_code, row.state) == (200, 303, "settled")
    assert "Nothing to mend" in client.get(path).content.decode()


def test_mending_while_the_provider_is_down_says_so(
    client: Client, provider: BadProvider, project: PollProject
) -> None:
    row = builders.contribution(project=project, state=ContributionState.FAILING)
    provider.faults = lambda _call: "before"

    assert client.post(reverse("polls:mend-card", args=[seal(MEND_CARD, row.pk)])).status_code == 503


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("amount=12.50&project=7", "/polls/projects/7/give/?amount=12.50"),
        ("amount=12.50", "/polls/give/?amount=12.50"),
        ("amount=%22%3E&project=x", "/polls/give/"),
        ("project=99999999999999999999", "/polls/give/"),
    ],
)
def test_whoever_turns_back_finds_the_amount_again(
    client: Client, provider: BadProvider, query: str, path: str
) -> None:
    page = client.get(f"/polls/give/cancelled/?{query}")

    assert (page.status_code, f'href="{path}"' in page.content.decode()) == (200, True)


@pytest.mark.parametrize(("amount", "found"), [("50", 'value="50" checked'), ("12.50", 'value="12.50"')])
def test_a_link_may_name_the_amount(client: Client, project: PollProject, amount: str, found: str) -> None:
    assert found in client.get(form_of(project), {"amount": amount}).content.decode()


def test_names_are_shown_only_of_those_who_want_it(client: Client, provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    given(provider, row, 1_000, is_anonymous=False)
    given(provider, row, 1_000)
    page = client.get(row.get_absolute_url()).content.decode()

    assert ["Giver 1" in page, "Giver 2" in page, "2 people gave" in page] == [True, False, True]
