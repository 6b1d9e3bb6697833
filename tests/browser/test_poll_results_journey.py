"""A poll from the organizers' table to the public and back: two languages, two screens."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from coop4canada.kit.clock import now
from polls.models import Poll, PollReading
from ridings.services import recompute_map
from supporters.models import User
from tests.browser.conftest import DESKTOP, PHONE, Asking, Visit
from tests.browser.journey import Journey
from tests.people import edith
from tests.polls import polling

TABLE = """question,basis,group,answer,share_percent,base
1,leaning,,CPC,40,500
1,leaning,,LPC,38,500
1,leaning,,NDP,22,500
1,leaning,Gender: women,CPC,36,260
1,leaning,Gender: women,LPC,42,260
1,leaning,Gender: women,NDP,22,260
1,leaning,Gender: men,CPC,44,240
1,leaning,Gender: men,LPC,34,240
1,leaning,Gender: men,NDP,22,240
"""


@dataclass(frozen=True)
class Words:
    """What the journey says in one language; `ask` and `log_in` belong to journeys with a log-in."""

    prefix: str
    import_it: str
    publish: str
    refused: str
    published: str
    tie: str
    panel: str
    retract: str
    retracted: str
    ask: str = ""
    log_in: str = ""


WORDS = {
    "en": Words(
        prefix="",
        import_it="Import",
        publish="Publish",
        refused="The sponsor’s address",
        published="The poll is published.",
        tie="too close to call",
        panel="Polls of this riding",
        retract="Retract the poll",
        retracted="This poll was retracted on",
    ),
    "fr": Words(
        prefix="/fr",
        import_it="Importer",
        publish="Publier",
        refused="L’adresse du commanditaire",
        published="Le sondage est publié.",
        tie="trop serré pour trancher",
        panel="Sondages de cette circonscription",
        retract="Retirer le sondage",
        retracted="Ce sondage a été retiré le",
    ),
}


@pytest.fixture
def draft(site_url: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[Poll]:
    """A draft without the sponsor's address and without readings, and an organizer; all really committed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        poll = polling.draft(sponsor_address="", riding=polling.riding(35075))
        PollReading.objects.filter(question__poll=poll).delete()
        organizer = edith()
    yield poll
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("TRUNCATE polls_poll, ridings_localpoll CASCADE")
        recompute_map(at=now(), at_once=True)
        User.objects.filter(pk=organizer.pk).delete()


def log_in(visit: Visit, prefix: str) -> Page:
    """Log in as Edith; the admin itself is not ours to judge."""
    page = visit.go(f"{prefix}/admin/login/?next={prefix}/admin/")
    page.locator("#id_username").fill("edith@example.org")
    page.locator("#id_password").fill("a long pass phrase")
    page.locator("input[type=submit]").click()
    page.wait_for_url(f"**{prefix}/admin/")
    return page


def import_table(page: Page, words: Words, table: Path) -> None:
    page.locator("#publication a[href$='/import/']").click()
    page.locator("#id_file").set_input_files(table)
    page.get_by_role("button", name=words.import_it, exact=True).click()
    page.wait_for_url("**/change/")
    expect(page.locator(".messagelist")).to_contain_text("9")


def publish(page: Page, words: Words) -> None:
    """Try without a fact, fill it in, and publish."""
    button = page.get_by_role("button", name=words.publish, exact=True)
    button.click()
    expect(page.locator(".messagelist")).to_contain_text(words.refused)
    page.locator("#id_sponsor_address").fill("1 Main Street, Ottawa")
    page.locator("[name=_continue]").first.click()
    expect(page.locator("#id_sponsor_address")).to_have_value("1 Main Street, Ottawa")
    button.click()
    expect(page.locator(".messagelist")).to_contain_text(words.published)


@pytest.mark.parametrize(
    ("visit", "language"),
    [
        ({"viewport": PHONE}, "en"),
        ({"viewport": PHONE}, "fr"),
        ({"viewport": DESKTOP}, "en"),
        ({"viewport": DESKTOP}, "fr"),
    ],
    indirect=["visit"],
    ids=["phone-en", "phone-fr", "desktop-en", "desktop-fr"],
)
def test_a_poll_is_entered_refused_published_and_retracted(
    visit: Visit, language: str, draft: Poll, ask: Asking, tmp_path: Path
) -> None:
    words = WORDS[language]
    journey = Journey(visit, words, has_scripts=True)
    (table := tmp_path / "table.csv").write_text(TABLE)
    page = log_in(visit, words.prefix)
    visit.go(f"{words.prefix}/admin/polls/poll/{draft.pk}/change/")
    import_table(page, words, table)
    publish(page, words)
    ask(lambda: recompute_map(at=now(), at_once=True))

    journey.goes(f"/polls/{draft.pk}/")
    expect(journey.main).to_contain_text(words.tie)
    expect(journey.main).to_contain_text("40")
    visit.go(f"{words.prefix}/ridings/{draft.riding.number}/")
    journey.arrives(f"/ridings/{draft.riding.number}-")
    expect(page.get_by_role("heading", name=words.panel)).to_be_visible()
    # The reason of the class, or of what it was compared with, names the poll.
    expect(journey.main).to_contain_text("Oraclepoll")

    visit.go(f"{words.prefix}/admin/polls/poll/{draft.pk}/retract/")
    page.locator("#id_reason_en").fill("Wrong weights")
    page.locator("#id_reason_fr").fill("Pondération erronée")
    page.get_by_role("button", name=words.retract, exact=True).click()
    page.wait_for_url("**/change/")
    # The browser keeps the page it saw for a minute, as any cache may.
    visit.go(f"{words.prefix}/polls/{draft.pk}/?retracted")
    journey.arrives(f"/polls/{draft.pk}/")
    expect(journey.main).to_contain_text(words.retracted)
    expect(journey.main.locator(".c-chart, .c-table")).to_have_count(0)
    assert journey.found == {}
