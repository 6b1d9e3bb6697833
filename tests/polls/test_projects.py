"""The life of a project: opened, paid for or not, given back; by people and by the clock."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from polls.enums import FundingModel, Leftover, ProjectState
from polls.models import PollProject, ProjectMove
from polls.queries.ledger import balances, places_of_gift, received_cents
from polls.rules.project_states import may_move
from polls.services import projects
from polls.services.giving import begin_gift
from polls.services.projects import MoveRefused, look_after_projects
from polls.services.settling import take_in_gift
from tests import make, people
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card
from tests.polls.funding import AFTER, given, path_of, run_jobs, states

pytestmark = pytest.mark.django_db

STATES = list(ProjectState)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def provider(no_country: None) -> Iterator[BadProvider]:
    with builders.standing(BadProvider()) as standing:
        yield standing


def draft(**fields: Any) -> PollProject:
    intro = {"intro_en": "Why", "intro_fr": "Pourquoi"}
    return builders.project(state=ProjectState.DRAFT, opened_at=None, **{**intro, **fields})


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"pollster": " "}, "pollster"),
        ({"intro_en": ""}, "intro"),
        ({"intro_fr": " "}, "intro"),
        ({"deadline_at": NOON}, "deadline"),
    ],
)
def test_a_draft_that_lacks_something_stays_closed(
    no_country: None, fields: dict[str, Any], lack: str
) -> None:
    row = draft(**fields)
    with pytest.raises(MoveRefused) as caught:
        projects.open_project(project=row, by=people.edith(), now=NOON)

    row.refresh_from_db()
    assert (caught.value.reason, row.state, row.moves.count()) == (lack, "draft", 0)


def test_a_draft_is_opened_once_and_its_history_says_by_whom(no_country: None) -> None:
    row, edith = draft(), people.edith()
    for _ in range(2):
        projects.open_project(project=row, by=edith, now=NOON)

    row.refresh_from_db()
    assert (row.state, row.opened_at) == ("funding", NOON)
    assert list(row.moves.values_list("from_state", "to_state", "by__email")) == [
        ("draft", "funding", edith.email)
    ]


def test_a_riding_collects_for_one_poll_at_a_time(no_country: None) -> None:
    builders.project()
    with pytest.raises(MoveRefused) as caught:
        projects.open_project(project=draft(), by=people.edith(), now=NOON)

    assert caught.value.reason == "another"


@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("state", STATES)
def test_a_project_moves_only_as_the_table_says(
    no_country: None, state: ProjectState, to: ProjectState
) -> None:
    row = builders.project(state=state)
    allowed = may_move(state, to)
    if state != to and not allowed:
        with pytest.raises(MoveRefused):
            projects.move_project(project=row, to=to, reason="", by=None, now=NOON)
    else:
        projects.move_project(project=row, to=to, reason="", by=None, now=NOON)

    row.refresh_from_db()
    assert row.state == (to if allowed else state)
    assert path_of(row) == ([to] if allowed else [])


def test_a_goal_that_is_reached_charges_the_cards_and_funds_the_poll(provider: BadProvider) -> None:
    row = builders.project()
    gifts = [given(provider, row, 60_000), given(provider, row, 40_000)]
    assert states(gifts) == ["saved", "saved"]
    run_jobs(NOON)

    assert (path_of(row), states(gifts)) == (["confirming", "funded"], ["settled", "settled"])
    assert received_cents(row.pk) == 100_000
    assert make.mails(kind__startswith="polls/project") == ["polls/project_funded"] * 2


def test_nothing_happens_below_the_goal_before_the_deadline(provider: BadProvider) -> None:
    row = builders.project()
    gift = given(provider, row, 99_900)
    run_jobs(NOON + dt.timedelta(days=29))

    assert (path_of(row), states([gift])) == ([], ["saved"])


def test_enough_at_the_deadline_is_charged(provider: BadProvider) -> None:
    row = builders.project()
    gift = given(provider, row, 80_000)
    run_jobs(AFTER)

    assert (path_of(row), states([gift])) == (["confirming", "funded"], ["settled"])


def test_too_little_at_the_deadline_fails_and_charges_nobody(provider: BadProvider) -> None:
    row = builders.project()
    gift = given(provider, row, 79_900)
    run_jobs(AFTER)

    assert (path_of(row), states([gift])) == (["failed", "refunded"], ["released"])
    assert (provider.balance(), balances()) == (0, {})
    assert make.mails(kind__startswith="polls/project") == ["polls/project_failed"]


def test_a_declined_card_lets_people_give_again_until_the_deadline(provider: BadProvider) -> None:
    row = builders.project()
    card = Card()
    gifts = [given(provider, row, 70_000), given(provider, row, 30_000, card=card)]
    card.is_declined = True
    run_jobs(NOON)
    assert (path_of(row), states(gifts)) == (["confirming"], ["settled", "failing"])
    run_jobs(NOON + dt.timedelta(hours=72))
    row.refresh_from_db()
    assert (path_of(row), row.charging_ends_at) == (["confirming", "funding"], None)
    gifts.append(given(provider, row, 30_000, now=NOON + dt.timedelta(hours=73)))
    run_jobs(NOON + dt.timedelta(hours=74))

    assert path_of(row) == ["confirming", "funding", "confirming", "funded"]
    assert states(gifts) == ["settled", "released", "settled"]


def test_declined_cards_after_the_deadline_fail_it_and_give_back_what_was_charged(
    provider: BadProvider,
) -> None:
    row = builders.project()
    card = Card()
    gifts = [given(provider, row, 70_000), given(provider, row, 20_000, card=card)]
    card.is_declined = True
    run_jobs(AFTER)
    run_jobs(AFTER + dt.timedelta(hours=73))

    assert path_of(row) == ["confirming", "failed", "refunded"]
    assert (states(gifts), provider.balance()) == (["refunded", "released"], 0)


@pytest.mark.parametrize(("amount", "path"), [(80_000, ["funded"]), (79_900, ["failed", "refunded"])])
def test_keep_it_is_decided_at_the_deadline(provider: BadProvider, amount: int, path: list[str]) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gift = given(provider, row, amount)
    assert states([gift]) == ["settled"]
    run_jobs(AFTER)

    assert path_of(row) == path


def test_each_gift_of_a_failed_project_follows_its_own_wish(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    other = builders.project(builders.riding(35002, "Elsewhere"), deadline_at=AFTER + dt.timedelta(days=9))
    gifts = [given(provider, row, 10_000, leftover=wish) for wish in Leftover]
    run_jobs(AFTER)

    assert states(gifts) == ["refunded", "settled", "settled"]
    assert [places_of_gift(gift.pk) for gift in gifts] == [{}, {other.pk: 10_000}, {None: 10_000}]
    assert path_of(row) == ["failed", "refunded"]


def test_each_promise_of_a_failed_project_follows_its_own_wish(provider: BadProvider) -> None:
    row = builders.project()
    other = builders.project(builders.riding(35002, "Elsewhere"), deadline_at=AFTER + dt.timedelta(days=9))
    gifts = [given(provider, row, 10_000, leftover=wish) for wish in Leftover]
    run_jobs(AFTER)

    assert states(gifts) == ["released", "saved", "settled"]
    for gift in gifts:
        gift.refresh_from_db()
    assert [gift.project_id for gift in gifts] == [row.pk, other.pk, None]
    assert balances() == {"general": -10_000, "provider": 10_000}


def test_what_came_last_and_is_not_needed_follows_its_wish(provider: BadProvider) -> None:
    row = builders.project()
    gifts = [given(provider, row, 90_000), given(provider, row, 10_000), given(provider, row, 5_000)]
    run_jobs(NOON)

    assert (states(gifts), received_cents(row.pk)) == (["settled", "settled", "released"], 100_000)


def test_a_surplus_of_money_goes_back_newest_first_and_never_eats_into_the_goal(
    provider: BadProvider,
) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gifts = [given(provider, row, amount) for amount in (60_000, 60_000, 15_000)]
    run_jobs(NOON)

    assert states(gifts) == ["settled", "settled", "refunded"]
    assert received_cents(row.pk) == 120_000


def test_a_gift_that_arrives_after_the_failure_goes_back_too(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gift = builders.gift(row, 10_000)
    begun = begin_gift(gift=gift, success_url="https://c/", cancel_url="https://c/", now=NOON)
    run_jobs(AFTER)
    assert path_of(row) == ["failed", "refunded"]
    provider.complete(begun.contribution.session_ref)
    take_in_gift(contribution_id=begun.contribution.pk, now=AFTER)
    run_jobs(AFTER + HOUR)

    assert (states([begun.contribution]), provider.balance()) == (["refunded"], 0)


def test_a_held_gift_waits_for_a_person_and_keeps_the_project_open(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gift = given(provider, row, 10_000, card=Card(country="US"))
    run_jobs(AFTER)

    assert (states([gift]), path_of(row)) == (["settled"], ["failed"])


def test_a_provider_that_is_down_delays_and_loses_nothing(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gift = given(provider, row, 10_000)
    provider.faults = lambda _call: "after"
    run_jobs(AFTER)
    assert path_of(row) == ["failed"]
    provider.faults = lambda _call: ""
    run_jobs(AFTER + HOUR)

    assert (states([gift]), path_of(row), provider.balance()) == (["refunded"], ["failed", "refunded"], 0)


def test_organizers_send_to_the_field_and_end_with_a_reason(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gift = given(provider, row, 100_000)
    run_jobs(NOON)
    edith = people.edith()
    row.refresh_from_db()
    projects.send_to_field(project=row, by=edith, now=NOON)
    with pytest.raises(MoveRefused):
        projects.fail_project(project=row, reason=" ", by=edith, now=NOON)
    projects.fail_project(project=row, reason="The firm closed.", by=edith, now=NOON)
    run_jobs(NOON)

    assert path_of(row) == ["funded", "in_field", "failed", "refunded"]
    assert ProjectMove.objects.get(project=row, to_state="failed").reason == "The firm closed."
    assert (states([gift]), provider.balance()) == (["refunded"], 0)
    assert make.mails(kind__startswith="polls/project") == [
        f"polls/project_{name}" for name in ("funded", "in_field", "failed")
    ]


def test_one_project_that_breaks_does_not_keep_the_others_waiting(
    provider: BadProvider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = builders.project()
    sound = builders.project(builders.riding(35002, "Elsewhere"))
    look_after = projects.look_after_project

    def breaks(*, project_id: int, now: dt.datetime) -> None:
        if project_id == broken.pk:
            raise ValueError("broken")
        look_after(project_id=project_id, now=now)

    monkeypatch.setattr(projects, "look_after_project", breaks)
    look_after_projects(now=AFTER)

    assert (path_of(broken), path_of(sound)) == ([], ["failed", "refunded"])
    assert "could not be looked after" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_jobs_at_once_act_once(provider: BadProvider) -> None:
    row = builders.project(funding_model=FundingModel.KEEP_IT)
    gifts = [given(provider, row, 1_000) for _ in range(5)]

    def run(_number: int) -> None:
        try:
            look_after_projects(now=AFTER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(8)))
    run_jobs(AFTER)

    assert (path_of(row), states(gifts)) == (["failed", "refunded"], ["refunded"] * 5)
    assert [gift.refunds.count() for gift in gifts] == [1] * 5
    assert provider.balance() == 0
