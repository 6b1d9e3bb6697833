"""From the mail to the ballot, a change of mind, and the result: two languages, two screens, with and without scripts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from coop4canada.kit.clock import now
from pledges.models import Ballot, Pledge, RecommendationRound, RollEntry
from pledges.services import queue_round_mails
from supporters.models import OutgoingMessage, Supporter
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_whole_journey import Journey
from tests.pledges import build_rounds as build

ON_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
WORDS = {
    "en": {
        "prefix": "",
        "ballot": "Your ballot",
        "cast": "Cast my ballot",
        "replace": "Replace my ballot",
        "change": "Change my ballot",
        "is_in": "Your ballot is in",
        "twice": "Two options share rank 1",
        "outcome": "recommend Ben Ng",
        "count": "Count it yourself",
    },
    "fr": {
        "prefix": "/fr",
        "ballot": "Votre bulletin",
        "cast": "Déposer mon bulletin",
        "replace": "Remplacer mon bulletin",
        "change": "Changer mon bulletin",
        "is_in": "Votre bulletin est déposé",
        "twice": "Deux options portent le rang 1",
        "outcome": "recommandent Ben Ng",
        "count": "Recomptez vous-même",
    },
}


@pytest.fixture
def opened(site_url: str, django_db_blocker: Any) -> Iterator[tuple[RecommendationRound, list[RollEntry]]]:
    """A round that is open, really committed, and taken away with all that came of it."""
    with django_db_blocker.unblock():
        made = build.opened(people=6, interest_en="None.", interest_fr="Aucun.")
        queue_round_mails(now=now())
    yield made
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        OutgoingMessage.objects.filter(kind__startswith="pledges/").delete()
        cursor.execute("TRUNCATE pledges_recommendationround CASCADE")
        people = list(Pledge.objects.values_list("supporter_id", flat=True))
        Pledge.objects.all().delete()
        Supporter.objects.filter(pk__in=people).delete()


def path_in_mail(ask: Asking, entry: RollEntry, prefix: str) -> str:
    """Return the path of the ballot, as the mail to whoever has this place on the roll says it."""
    key = f"pledges/ballot_open:{entry.round_id}:{entry.pledge.supporter_id if entry.pledge else 0}"
    mail: Any = ask(lambda: OutgoingMessage.objects.get(key=key))
    return f"{prefix}/recommendations/ballot/{mail.context['token']}/"


def vote_and_change(journey: Journey, words: dict[str, str]) -> None:
    """Make a mistake, mend it, cast, and change the ballot."""
    page = journey.visit.page
    journey.arrives(words["ballot"])
    page.locator("#rank-ada").select_option("1")
    page.locator("#rank-none").select_option("1")
    page.get_by_role("button", name=words["cast"]).click()
    expect(page.get_by_role("alert")).to_contain_text(words["twice"])
    expect(page.locator("#rank-none")).to_have_value("1")
    journey.arrives(words["ballot"])
    page.locator("#rank-none").select_option("2")
    page.get_by_role("button", name=words["cast"]).click()
    journey.arrives(words["is_in"])

    page.get_by_role("link", name=words["change"]).click()
    journey.arrives(words["ballot"])
    expect(page.locator("#rank-ada")).to_have_value("")
    page.locator("#rank-ben").select_option("1")
    page.get_by_role("button", name=words["replace"]).click()
    journey.arrives(words["is_in"])


def read_result(journey: Journey, words: dict[str, str]) -> None:
    """Find the result on its own page, in the list, and on the page of the riding."""
    page, prefix = journey.visit.go(f"{words['prefix']}/recommendations/{build.RIDING}/"), words["prefix"]
    journey.arrives()
    expect(page.locator("main")).to_contain_text(words["outcome"])
    expect(page.get_by_role("heading", name=words["count"])).to_be_visible()
    if journey.has_scripts:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    journey.visit.go(f"{prefix}/recommendations/")
    journey.arrives()
    journey.visit.go(f"{prefix}/ridings/{build.RIDING}/")
    expect(page.locator("main")).to_contain_text("Ben Ng")


@pytest.mark.parametrize(
    "visit",
    [{}, ON_A_PHONE, {"java_script_enabled": False}],
    indirect=True,
    ids=["desktop", "phone", "no-scripts"],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_ballot_change_result(
    visit: Visit,
    ask: Asking,
    opened: tuple[RecommendationRound, list[RollEntry]],
    language: str,
    request: pytest.FixtureRequest,
) -> None:
    words, (row, entries) = WORDS[language], opened
    journey = Journey(visit, has_scripts="no-scripts" not in request.node.name)
    visit.expected_statuses = {422}
    visit.go(path_in_mail(ask, entries[0], words["prefix"]))
    vote_and_change(journey, words)
    assert ask(lambda: [ballot.marks for ballot in Ballot.objects.filter(round=row)]) == [["ben"]]

    def finish() -> None:
        build.vote_all(entries[1:], *["ben"] * 4, "cy ben")
        build.published(row)

    ask(finish)
    read_result(journey, words)
    assert journey.found == {}


def test_the_map_tells_who_is_recommended(
    visit: Visit, ask: Asking, opened: tuple[RecommendationRound, list[RollEntry]]
) -> None:
    row, entries = opened

    def finish() -> None:
        build.vote_all(entries, *["ada"] * 6)
        build.published(row)

    ask(finish)
    page = visit.go(f"/ridings/?riding={build.RIDING}")

    expect(page.locator("[data-part=recommended]")).to_have_text(re.compile(r"Recommended: Ada Ng \(NDP\)"))


def test_a_ballot_is_marked_by_keyboard_alone(
    visit: Visit, ask: Asking, opened: tuple[RecommendationRound, list[RollEntry]]
) -> None:
    row, entries = opened
    page = visit.go(path_in_mail(ask, entries[0], ""))
    page.locator("#rank-none").focus()
    page.keyboard.press("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your ballot is in")
    assert ask(lambda: Ballot.objects.get(round=row).marks) == ["none"]


def test_after_closing_the_link_says_so(
    visit: Visit, ask: Asking, opened: tuple[RecommendationRound, list[RollEntry]]
) -> None:
    visit.expected_statuses = {410}
    row, entries = opened
    path = path_in_mail(ask, entries[0], "/fr")
    ask(lambda: build.closed(row))
    journey = Journey(visit, has_scripts=True)
    visit.go(path)

    journey.arrives("Le vote est terminé")
    assert journey.found == {}
