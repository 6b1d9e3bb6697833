"""Joining a party: from the list to the vote, the reminder and the link in the mail; with scripts and without."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pledges.models import PartyMembershipDrive
from supporters.models import OutgoingMessage
from tests.browser.conftest import PHONE, Visit
from tests.browser.test_accessibility import report

WITH_AND_WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "visit", [{}, {"java_script_enabled": False}], indirect=True, ids=["scripts", "no-scripts"]
)
ON_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
EMAIL = "amara.votes@example.org"


def link_in_mail(django_db_blocker: Any, kind: str) -> str:
    with django_db_blocker.unblock():
        mail = OutgoingMessage.objects.filter(to=EMAIL, kind=f"pledges/confirm_{kind}").latest("pk")
    prefix = "/fr" if mail.language == "fr" else ""
    return f"{prefix}/join-a-party/confirm/{kind}/{mail.context['token']}/"


def fill_in(page: Page, title: str, names: tuple[str, str]) -> None:
    box = page.get_by_role("region", name=title)
    box.get_by_role("textbox", name=names[0]).fill("Amara Diallo")
    box.get_by_role("textbox", name=names[1]).fill(EMAIL)
    box.get_by_role("button", name=title).click()


@WITH_AND_WITHOUT_SCRIPTS
def test_from_the_list_to_a_reminder(
    visit: Visit, drive: PartyMembershipDrive, django_db_blocker: Any
) -> None:
    page = visit.go("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Join a party").click()
    page.get_by_role("link", name="Choose a leader").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a leader")
    expect(page.locator(".c-days-number")).to_have_text(re.compile(r"^1[123]$"))

    fill_in(page, "Remind me", ("Your name", "Your e-mail"))
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: confirm by e-mail")

    visit.go(link_in_mail(django_db_blocker, "reminder"))
    page.get_by_role("button", name="Yes, remind me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We will remind you")

    # The browser is known now: one click tells that one joined.
    visit.go("/join-a-party/choose-a-leader/joined/")
    page.get_by_role("button", name="I joined").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: it counts")
    page.get_by_role("button", name="Take this back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here any more")


@WITH_AND_WITHOUT_SCRIPTS
def test_joining_in_french(visit: Visit, drive: PartyMembershipDrive, django_db_blocker: Any) -> None:
    page = visit.go("/join-a-party/choose-a-leader/")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(re.compile(r"/fr/join-a-party/choisir-une-direction/$"))

    fill_in(page, "J’ai adhéré", ("Votre nom", "Votre courriel"))
    expect(page).to_have_url(re.compile(r"/fr/join-a-party/choisir-une-direction/sent/$"))
    visit.go(link_in_mail(django_db_blocker, "report"))
    page.get_by_role("button", name="Oui, j’ai adhéré").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Merci\N{NO-BREAK SPACE}: c’est compté")


def test_the_script_adds_the_hours_and_a_proof_of_work(
    visit: Visit, drive: PartyMembershipDrive, django_db_blocker: Any
) -> None:
    page = visit.go("/join-a-party/choose-a-leader/")
    expect(page.locator("[data-part=precise]")).to_have_text(re.compile(r"^1[123] days, \d+ hours?$"))

    fill_in(page, "Remind me", ("Your name", "Your e-mail"))
    expect(page).to_have_url(re.compile(r"/sent/$"))

    with django_db_blocker.unblock():
        assert OutgoingMessage.objects.get(to=EMAIL).priority == 10


def test_what_is_wrong_is_said_beside_the_field(visit: Visit, drive: PartyMembershipDrive) -> None:
    visit.expected_statuses = {422}
    page = visit.go("/join-a-party/choose-a-leader/remind-me/")
    page.get_by_role("textbox", name="Your name").fill("Amara")
    page.get_by_role("textbox", name="Your e-mail").fill("amara@")
    page.get_by_role("button", name="Remind me").click()

    expect(page.get_by_role("alert")).to_contain_text("What stands after the @ sign")
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Amara")
    assert report(page, visit) == ""


@pytest.mark.parametrize("visit", [{}, ON_A_PHONE], indirect=True, ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/join-a-party/",
        "/fr/join-a-party/",
        "/join-a-party/choose-a-leader/",
        "/fr/join-a-party/choisir-une-direction/",
        "/join-a-party/choose-a-leader/remind-me/",
        "/join-a-party/choose-a-leader/sent/",
    ],
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    visit: Visit, drive: PartyMembershipDrive, path: str
) -> None:
    page = visit.go(path)

    assert report(page, visit) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_behind_the_links(
    visit: Visit, drive: PartyMembershipDrive, django_db_blocker: Any
) -> None:
    page = visit.go("/join-a-party/choose-a-leader/")
    fill_in(page, "I joined", ("Your name", "Your e-mail"))
    expect(page).to_have_url(re.compile(r"/sent/$"))
    visit.go(link_in_mail(django_db_blocker, "report"))
    assert report(page, visit) == ""

    page.get_by_role("button", name="Yes, I joined").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: it counts")
    assert report(page, visit) == ""
