"""A captain keys in a sheet, an organizer's acceptance makes it count; and what is printed. Phone and desktop, EN and FR."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from pledges.models import PaperLine, PaperSheet
from supporters.models import RidingRole, User
from tests import people
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.journey import let_in
from tests.browser.test_accessibility import report

RIDING = 35075
BOTH = pytest.mark.parametrize(
    "visit", [{"viewport": PHONE}, {"viewport": DESKTOP}], indirect=True, ids=["phone", "desktop"]
)


@pytest.fixture
def captain(visit: Visit, django_db_blocker: Any) -> Iterator[Visit]:
    """A browser in which the captain of the riding has logged in; all is gone afterwards."""
    with django_db_blocker.unblock():
        user = people.chantal(RIDING)
        let_in(visit, user)
    yield visit
    with django_db_blocker.unblock():
        PaperLine.objects.all().delete()
        PaperSheet.objects.all().delete()
        RidingRole.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).delete()


@BOTH
@pytest.mark.parametrize(
    ("prefix", "code", "name", "keep", "kept"),
    [
        ("", "Sheet code", "Name", "Keep these lines", "New lines: 1"),
        ("/fr", "Code de la feuille", "Nom", "Conserver ces lignes", "Nouvelles lignes\N{NO-BREAK SPACE}: 1"),
    ],
    ids=["en", "fr"],
)
def test_a_captain_keys_in_a_sheet(
    captain: Visit, prefix: str, code: str, name: str, keep: str, kept: str
) -> None:
    captain.expected_statuses = {422}
    page = captain.go(f"{prefix}/pledge/paper/{RIDING}/")
    assert report(page, captain) == ""

    page.get_by_label(code).fill("k7q4m2")
    row = page.get_by_role("group").first
    row.get_by_label(name, exact=True).fill("Amara Diallo")
    page.get_by_role("button", name=keep).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(row.get_by_label(name, exact=True)).to_have_value("Amara Diallo")
    assert report(page, captain) == ""

    page.locator("#id_line-0-postal_code").fill("L6H 5R4")
    page.get_by_role("button", name=keep).click()
    expect(page.locator(".c-notice")).to_contain_text(kept)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@BOTH
@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("what", ["cards", "sheet"])
def test_what_is_printed_is_accessible_and_not_too_wide(visit: Visit, prefix: str, what: str) -> None:
    page = visit.go(f"{prefix}/pledge/cards/?what={what}&language=both&riding={RIDING}")

    assert report(page, visit) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    assert page.locator(".c-paper-screen").is_hidden()
    assert page.locator(".c-sheet svg").first.is_visible()


def test_the_upload_page_is_accessible(captain: Visit) -> None:
    page = captain.go(f"/pledge/paper/{RIDING}/upload/")

    assert report(page, captain) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("choice", ["what=cards&per_page=4", "what=cards&per_page=8", "what=sheet"])
@pytest.mark.parametrize("language", ["en", "both"])
def test_what_is_printed_fits_on_one_page(visit: Visit, size: str, choice: str, language: str) -> None:
    page = visit.go(f"/pledge/cards/?{choice}&size={size}&language={language}&riding={RIDING}")

    printed = page.pdf(prefer_css_page_size=True)

    assert re.findall(rb"/Count (\d+)", printed) == [b"1"]
    width = b"612" if size == "letter" else b"594.9"
    assert re.findall(rb"/MediaBox \[0 0 ([\d.]+)", printed)[0].startswith(width)
