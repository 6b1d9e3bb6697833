"""All of voting together, in one go: pledge, confirm, ballot, a change of mind, the result."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from coop4canada.kit.clock import now
from pledges.models import Ballot, Pledge, RecommendationRound, RollEntry
from pledges.services import announce_round, count_pledges, open_due_rounds, queue_round_mails
from tests.browser.conftest import Asking, Visit
from tests.browser.test_pledge_journey import EMAIL, PHONE_SCREEN, looked_at, path_in_mail, pledge
from tests.browser.test_recommendation_journey import WORDS, vote_and_change
from tests.browser.test_recommendation_journey import path_in_mail as path_of_ballot
from tests.browser.test_whole_journey import Journey
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.country


@pytest.fixture
def no_rounds(ask: Asking) -> Iterator[None]:
    """Take away the rounds that were really committed."""
    yield
    ask(empty_rounds)


def empty_rounds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE pledges_recommendationround CASCADE")


def confirm_in_one_of_the_ridings(visit: Visit, ask: Asking, prefix: str, *, has_scripts: bool) -> int:
    page = visit.go(path_in_mail(ask, "confirm", prefix))
    looked_at(visit, has_scripts=has_scripts)
    page.get_by_role("radio").first.check()
    page.locator("main form button").click()
    page.wait_for_url("**/pledge/pledged/")
    number = ask(lambda: Pledge.objects.get(supporter__email=EMAIL).riding_number)
    assert number is not None
    return int(number)


def open_round(number: int) -> RecommendationRound:
    """Open a round for everybody who has pledged in a riding until now, five neighbours among them."""
    for _neighbour in range(5):
        build.pledge(riding_number=number)
    moment = now()
    row = build.draft(
        riding_number=number, pledged_before=moment, opens_at=moment, closes_at=moment + 5 * build.DAY
    )
    announce_round(round_id=row.pk, now=moment)
    open_due_rounds(now=now())
    queue_round_mails(now=now())
    count_pledges(now=now())
    return row


def finish(row: RecommendationRound) -> None:
    others = RollEntry.objects.filter(round=row).exclude(pledge__supporter__email=EMAIL).order_by("pk")
    build.vote_all(list(others), *["ben"] * 4, "cy ben")
    build.published(row)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("visit", "has_scripts"),
    [(PHONE_SCREEN, True), ({}, True), ({"java_script_enabled": False}, False)],
    ids=["phone", "desktop", "no-scripts"],
    indirect=["visit"],
)
def test_pledge_confirm_ballot_change_result(
    visit: Visit, ask: Asking, no_rounds: None, language: str, *, has_scripts: bool
) -> None:
    words, journey = WORDS[language], Journey(visit, has_scripts=has_scripts)
    prefix = words["prefix"]
    pledge(visit, prefix, has_scripts=has_scripts)
    number = confirm_in_one_of_the_ridings(visit, ask, prefix, has_scripts=has_scripts)
    row: Any = ask(lambda: open_round(number))
    mine: Any = ask(lambda: RollEntry.objects.select_related("pledge").get(pledge__supporter__email=EMAIL))
    visit.go(path_of_ballot(ask, mine, prefix))
    vote_and_change(journey, words)
    assert ask(lambda: [ballot.marks for ballot in Ballot.objects.filter(round=row)]) == [["ben"]]
    ask(lambda: finish(row))
    visit.go(f"{prefix}/recommendations/{number}/")
    journey.arrives()
    expect(visit.page.locator("main")).to_contain_text(words["outcome"])
    visit.go(f"{prefix}/ridings/{number}/")
    journey.arrives()
    expect(visit.page.locator("main")).to_contain_text("Ben Ng")
    assert journey.found == {}
