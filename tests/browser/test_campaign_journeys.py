"""Writing to the campaign and to leaders, reading its pages, signing an organization on: all in a real browser."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from campaign.models import ContactMessage, ContactTopic, Organization, OrganizationReview
from supporters.models import OutgoingMessage, UsedProof, User
from supporters.services import write_mail
from tests import people
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_accessibility import report

ON_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
WITHOUT_SCRIPTS = {"java_script_enabled": False}
WAYS = pytest.mark.parametrize(
    ("visit", "has_scripts"),
    [(ON_A_PHONE, True), ({}, True), (WITHOUT_SCRIPTS, False)],
    ids=["phone", "desktop", "no-scripts"],
    indirect=["visit"],
)
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/fr"], ids=["en", "fr"])
PEOPLE_ARE_SLOWER = 2_100


@pytest.fixture
def written(ask: Asking, django_db_blocker: Any) -> Iterator[Asking]:
    """Ask the database of the running site; what was written to the campaign is gone afterwards."""
    yield ask
    with django_db_blocker.unblock():
        ContactMessage.objects.all().delete()
        OrganizationReview.objects.all().delete()
        Organization.objects.all().delete()
        OutgoingMessage.objects.filter(kind__startswith="campaign/").delete()
        ContactTopic.objects.update(address="")
        User.objects.filter(email="edith@example.org").delete()
        UsedProof.objects.all().delete()


def looks_well(visit: Visit, *, has_scripts: bool) -> None:
    """Expect one title, nothing wider than the screen, and nothing that axe objects to; axe needs scripts."""
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    if has_scripts:
        width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], page.url
        assert report(page, visit) == "", page.url


def send(page: Page) -> None:
    page.wait_for_timeout(PEOPLE_ARE_SLOWER)
    page.locator("main form [type=submit]").click()


@LANGUAGES
@WAYS
def test_a_message_reaches_those_who_answer(
    visit: Visit, written: Asking, prefix: str, *, has_scripts: bool
) -> None:
    visit.expected_statuses = {422}
    written(lambda: ContactTopic.objects.filter(slug="media").update(address="press@example.org"))
    page = visit.go(f"{prefix}/contact/?topic=media")
    looks_well(visit, has_scripts=has_scripts)
    page.locator("[name=name]").fill("Zoë Tremblay")
    page.locator("[name=message]").fill("Who speaks for you?")
    send(page)
    expect(page.locator("#field-email-error")).to_be_visible()
    looks_well(visit, has_scripts=has_scripts)
    page.locator("[name=email]").fill("zoe@example.org")
    send(page)
    page.wait_for_url(f"**{prefix}/contact/thanks/")
    looks_well(visit, has_scripts=has_scripts)

    mail = written(lambda: OutgoingMessage.objects.get(kind="campaign/contact"))
    letter = written(lambda: write_mail(mail))
    kinds = set(written(lambda: list(OutgoingMessage.objects.values_list("kind", flat=True))))
    assert (mail.to, letter.reply_to) == ("press@example.org", ["zoe@example.org"])
    assert "Who speaks for you?" in str(letter.body)
    # Who runs no scripts brings no proof of work, and so gets no mail.
    assert ("campaign/contact_received" in kinds) == has_scripts


@LANGUAGES
@WAYS
def test_toolkits_and_plan_are_read(visit: Visit, prefix: str, *, has_scripts: bool) -> None:
    page = visit.go(f"{prefix}/")
    page.locator("footer").locator(f"a[href='{prefix}/toolkits/']").click()
    looks_well(visit, has_scripts=has_scripts)
    page.locator(f"a[href='{prefix}/toolkits/?audience=chapters']").click()
    expect(page.locator("main article")).to_have_count(3)
    looks_well(visit, has_scripts=has_scripts)
    page.locator("main article a").first.click()
    page.wait_for_url(re.compile(rf"{prefix}/toolkits/[a-z-]+/$"))
    expect(page.locator("[data-c4c=print]")).to_be_visible(visible=has_scripts)
    looks_well(visit, has_scripts=has_scripts)
    page.locator("footer").locator(f"a[href='{prefix}/plan/']").click()
    expect(page.locator("main article h2")).to_have_count(7)
    looks_well(visit, has_scripts=has_scripts)


def test_a_toolkit_on_paper_has_no_buttons(visit: Visit) -> None:
    page = visit.go("/toolkits/talking-points/")
    page.emulate_media(media="print")

    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("[data-c4c=share]")).to_be_hidden()
    expect(page.locator("main article")).to_be_visible()


@LANGUAGES
@WAYS
def test_a_letter_to_a_leader_is_made_and_sent_by_oneself(
    visit: Visit, prefix: str, *, has_scripts: bool
) -> None:
    page = visit.go(f"{prefix}/letters/")
    looks_well(visit, has_scripts=has_scripts)
    page.locator(f"a[href='{prefix}/letters/ndp/']").click()
    looks_well(visit, has_scripts=has_scripts)
    text = page.locator("[name=text]")
    text.fill(text.input_value() + "\nMy clinic closes.")
    page.locator("[name=name]").fill("Zoë Tremblay")
    page.locator("main form [type=submit]").click()

    expect(page.locator(".c-paper")).to_contain_text("My clinic closes.")
    expect(page.locator(".c-paper")).to_contain_text("Zoë Tremblay")
    link = page.locator("a[href^='mailto:?subject=']").get_attribute("href") or ""
    assert link.endswith("Zo%C3%AB%20Tremblay")
    expect(page.locator("[data-part=copy]")).to_be_visible(visible=has_scripts)
    looks_well(visit, has_scripts=has_scripts)
    page.emulate_media(media="print")
    expect(page.locator("main form")).to_be_hidden()
    expect(page.locator(".c-paper")).to_be_visible()


@pytest.mark.parametrize(
    "visit", [{"permissions": ["clipboard-read", "clipboard-write"]}], ids=["scripts"], indirect=True
)
def test_a_letter_is_copied(visit: Visit) -> None:
    page = visit.go("/letters/gpc/")
    page.locator("[name=text]").fill("Dear you.")
    page.locator("[name=name]").fill("Zoë")
    page.locator("main form [type=submit]").click()
    page.locator("[data-part=copy]").click()

    expect(page.locator("[data-part=copy]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Dear you.\n\nSincerely,\nZoë"


def logo() -> FilePayload:
    file = BytesIO()
    Image.new("RGB", (300, 120), "teal").save(file, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": file.getvalue()}


def sign_on(visit: Visit, prefix: str, *, has_scripts: bool) -> None:
    page = visit.go(f"{prefix}/coalition/")
    page.locator(f"main a[href='{prefix}/coalition/join/']").click()
    looks_well(visit, has_scripts=has_scripts)
    page.locator("[name=name_en]").fill("Society for Tests")
    page.locator("[name=name_fr]").fill("Société des tests")
    page.locator("[name=website]").fill("https://tests.example.org")
    page.locator("[name=kind]").select_option("national")
    page.locator("[name=logo]").set_input_files(logo())
    page.locator("[name=contact_name]").fill("Amara Diallo")
    page.locator("[name=contact_email]").fill("amara@tests.example.org")
    page.locator("[name=may_speak]").check()
    send(page)
    page.wait_for_url(f"**{prefix}/coalition/join/thanks/")
    looks_well(visit, has_scripts=has_scripts)


def approve_in_admin(visit: Visit) -> None:
    """Log in as Edith, follow what waits from the first page, and approve; the admin itself is not ours to judge."""
    page = visit.go("/admin/login/?next=/admin/")
    page.locator("[name=username]").fill("edith@example.org")
    page.locator("[name=password]").fill("a long pass phrase")
    page.locator("[type=submit]").click()
    page.locator(".c4c-waiting a").click()
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("img[src^='data:image/webp']")).to_be_visible()
    page.locator("[name=decision]").select_option("approve")
    page.locator("[name=_save]").first.click()
    page.wait_for_url("**/admin/campaign/organization/**")


@LANGUAGES
@WAYS
def test_an_organization_signs_on_and_is_shown(
    visit: Visit, written: Asking, prefix: str, *, has_scripts: bool
) -> None:
    written(people.edith)
    sign_on(visit, prefix, has_scripts=has_scripts)
    assert "Society for Tests" not in visit.go("/coalition/").content()

    approve_in_admin(visit)

    visit.context.clear_cookies()
    page = visit.go(f"{prefix}/coalition/?fresh")
    name = "Société des tests" if prefix else "Society for Tests"
    expect(page.locator("main article h2")).to_have_text(name)
    expect(page.locator("main article img")).to_be_visible()
    looks_well(visit, has_scripts=has_scripts)
    assert "Amara" not in page.content()
    mail = written(lambda: OutgoingMessage.objects.get(kind="campaign/approved"))
    assert (mail.to, mail.language) == ("amara@tests.example.org", "fr" if prefix else "en")
    assert name in written(lambda: write_mail(mail).subject)
