"""What the public reads of projects, and the panels on other pages."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coop4canada.kit.memory import forget_everything
from polls.enums import ContributionState, FundingModel, ProjectState
from polls.models import PollProject
from polls.panels import give_step
from polls.queries.projects import projects_page, totals
from ridings.services import recompute_map, request_recompute
from tests import make
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.funding import given, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(no_country: None) -> Iterator[BadProvider]:
    with time_machine.travel(NOON, tick=False), builders.standing(BadProvider()) as standing:
        yield standing


@pytest.fixture
def small_country(provider: BadProvider) -> None:
    make.small_country()
    request_recompute(cause="test")
    recompute_map(at=NOON, at_once=True)


def riding_project(number: int, **fields: object) -> PollProject:
    return builders.project(builders.riding(number), **fields)


def test_the_page_says_sums_in_words_and_in_the_bar(client: Client, provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    given(provider, row, 25_000)
    builders.contribution(project=row, state=ContributionState.SAVED, amount_cents=10_000)
    page = client.get(row.get_absolute_url()).content.decode()

    said = ["$350</span> of $1,000", "$250 received", "$100 promised", "$800 needed at least", "30 days left"]
    assert [text in page for text in said] == [True] * 5
    assert ['width="25.00%"' in page, 'width="35.00%"' in page] == [True, True]


def test_the_french_page_is_french_to_the_last_figure(client: Client, provider: BadProvider) -> None:
    row = builders.project()
    page = client.get(f"/fr{row.get_absolute_url()}").content.decode()

    assert ["1\u202f000\u00a0$" in page, "of $" in page, 'width="0.00%"' in page] == [True, False, True]


@pytest.mark.parametrize("path", ["/polls/", "/fr/polls/"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    client: Client,
    small_country: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    count: int,
) -> None:
    for number in (35001, 35002, 59003)[:count]:
        riding_project(number)
    forget_everything()
    with django_assert_num_queries(11):
        page = client.get(path)

    assert (page.status_code, page.content.decode().count('class="c-card c-project"')) == (200, count)
    assert ("public" in page["Cache-Control"], "Set-Cookie" in page) == (True, False)


def test_the_neediest_stands_first_and_is_named(client: Client, small_country: None) -> None:
    safe, close = riding_project(35002), riding_project(35001)

    assert [card.project.pk for card in projects_page().open] == [close.pk, safe.pk]
    assert "Right now that is the poll of <strong>Split" in client.get("/polls/").content.decode()


def test_bought_and_failed_polls_stand_apart(client: Client, provider: BadProvider) -> None:
    for state in ProjectState:
        builders.project(builders.riding(35000 + list(ProjectState).index(state) + 1), state=state)
    page = projects_page()

    assert [card.project.state for card in page.bought] == ["published", "in_field", "funded"]
    assert sorted(card.project.state for card in page.past) == ["failed", "refunded"]
    assert sorted(card.project.state for card in page.open) == ["confirming", "funding"]


def test_what_a_project_went_through_is_told_in_words(client: Client, provider: BadProvider) -> None:
    row = builders.project()
    given(provider, row, 1_000)
    run_jobs(NOON + dt.timedelta(days=31))
    page = client.get(row.get_absolute_url()).content.decode()

    assert ["The deadline passed with too little." in page, "deadline_too_little" in page] == [True, False]


def test_the_ridings_page_shows_its_bar_and_asks_to_chip_in(
    client: Client, small_country: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = riding_project(35001)
    riding_project(59003)
    forget_everything()
    # Projects are few: the first page of a riding that has one remembers them for all others.
    client.get("/ridings/59003-held/")
    with django_assert_max_num_queries(12):
        page = client.get("/ridings/35001-split/").content.decode()

    assert ['id="poll-project-title"' in page, f"/polls/projects/{row.pk}/give/" in page] == [True, True]
    assert 'id="poll-project-title"' not in client.get("/ridings/35002-safe/").content.decode()


def test_the_home_page_says_what_was_given_and_bought(client: Client, provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    given(provider, row, 100_000)
    given(provider, None, 2_500)
    run_jobs(NOON)
    forget_everything()

    assert (totals().given_cents, totals().bought_count, totals().general_cents) == (102_500, 1, 2_500)
    assert "Together we have given $1,025 and paid for 1 local poll." in client.get("/").content.decode()


def test_the_next_step_is_the_readers_own_riding_first(small_country: None) -> None:
    assert give_step(riding_number=35001) is None
    here, elsewhere = riding_project(35002), riding_project(35001)
    forget_everything()
    own, other = give_step(riding_number=35002), give_step(riding_number=None)

    assert own
    assert other
    assert (own.context["card"].project, other.context["neediest"].project) == (here, elsewhere)


def test_the_api_tells_facts_and_sums_and_no_person(client: Client, provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    given(provider, row, 25_000, is_anonymous=False)
    builders.project(builders.riding(35002), state=ProjectState.DRAFT)
    answer = client.get("/api/v1/polls/projects")
    one = client.get(f"/api/v1/polls/projects/{row.pk}")

    assert (len(answer.json()), one.json()) == (1, answer.json()[0])
    facts = {name: one.json()[name] for name in ("id", "state", "received_cents", "promised_cents", "givers")}
    assert facts == {
        "id": row.pk,
        "state": "funding",
        "received_cents": 25_000,
        "promised_cents": 0,
        "givers": 1,
    }
    assert ["Giver" in answer.content.decode(), answer["Access-Control-Allow-Origin"]] == [False, "*"]
    assert client.get("/api/v1/polls/projects/999999").status_code == 404
