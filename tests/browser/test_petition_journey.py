"""From home to a confirmed signature that is passed on: with scripts and without, in both languages, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from coop4canada.kit import clock
from petitions.models import Petition, PetitionCount, Signature
from supporters.models import OutgoingMessage
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_accessibility import report

PAGE, FRENCH = "/petitions/to-the-leaders/", "/fr/petitions/aux-chefs/"
ON_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
WITHOUT_SCRIPTS = {"java_script_enabled": False}


def fill_in(page: Page, email: str, *, name: str = "Zoë Tremblay", code: str = "K1A 0A6") -> None:
    page.locator("#sign-name").fill(name)
    page.locator("#sign-email").fill(email)
    page.locator("#sign-code").fill(code)


def mailed(ask: Asking, email: str, kind: str = "confirm") -> str:
    """Return the token of the link in the newest mail."""
    mail = ask(lambda: OutgoingMessage.objects.filter(to=email).latest("pk"))
    return str(mail.context[f"{kind}_token"])


def suspicion(ask: Asking, email: str) -> str:
    return str(ask(lambda: Signature.objects.get(supporter__email=email).suspicion))


@pytest.mark.parametrize(
    ("visit", "shown_suspicion"),
    [({}, ""), (ON_A_PHONE, ""), (WITHOUT_SCRIPTS, "no_proof")],
    ids=["scripts", "phone", "no-scripts"],
    indirect=["visit"],
)
def test_home_sign_confirm_share(visit: Visit, ask: Asking, shown_suspicion: str) -> None:
    page = visit.go("/")
    page.locator(".c-home-petition").get_by_role("link", name="Sign the petition").click()
    fill_in(page, "zoe@example.org")
    page.locator("[name=is_public]").check()
    page.wait_for_timeout(2_100)  # people are slower
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: your mail")
    expect(page.locator("main")).to_contain_text("zoe@example.org")
    assert suspicion(ask, "zoe@example.org") == shown_suspicion

    visit.go(f"/petitions/confirm/{mailed(ask, 'zoe@example.org')}/")
    page.get_by_role("button", name="Confirm my signature").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Zoë!")
    link = page.get_by_label("Or pass on this link").input_value()
    assert re.fullmatch(rf"{visit.address}/p/\w+/", link)
    whatsapp = page.get_by_role("link", name="WhatsApp").get_attribute("href") or ""
    assert link.replace(":", "%3A").replace("/", "%2F") in whatsapp.replace("/p/", "%2Fp%2F")
    page.goto(link)
    expect(page).to_have_url(re.compile(rf"{PAGE}\?r=\w+$"))


@pytest.mark.parametrize("visit", [{}, WITHOUT_SCRIPTS], ids=["scripts", "no-scripts"], indirect=True)
def test_en_francais_une_faute_est_signalee_puis_corrigee(visit: Visit, ask: Asking) -> None:
    visit.expected_statuses = {422}
    page = visit.go(FRENCH)
    fill_in(page, "zoe@gmial.com", code="90210")
    page.locator("#sign-form > button[type=submit]").click()
    expect(page.locator("#sign-email-error")).to_contain_text("zoe@gmail.com")
    expect(page.locator("#sign-name")).to_have_value("Zoë Tremblay")

    page.locator("#sign-code").fill("k1a oa6")
    page.locator("[name=email_instead]").click()

    page.wait_for_url(f"**{FRENCH}thanks/")
    mail = ask(OutgoingMessage.objects.get)
    assert (mail.to, mail.language) == ("zoe@gmail.com", "fr")
    visit.go(f"/fr/petitions/confirm/{mail.context['confirm_token']}/")
    page.locator("main form button").click()
    page.wait_for_url(f"**{FRENCH}signed/")


def test_by_keyboard_alone(visit: Visit, ask: Asking) -> None:
    page = visit.go(PAGE)
    page.locator("#sign-name").focus()
    for text in ("Zoë Tremblay", "zoe@example.org", "K1A 0A6"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[name=is_public]")).to_be_checked()
    for _stop in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{PAGE}thanks/")
    assert suspicion(ask, "zoe@example.org") in ("", "too_fast")


def test_the_number_stays_current_on_an_open_page(visit: Visit, ask: Asking) -> None:
    page = visit.go(PAGE)
    expect(page.locator("[data-part=number]")).to_have_text("0")

    def count() -> None:
        petition = Petition.objects.get(slug_en="to-the-leaders")
        PetitionCount.objects.update_or_create(
            petition=petition, defaults={"confirmed": 15_000, "counted_at": clock.now()}
        )

    ask(count)
    page.wait_for_timeout(5_500)  # as long as the process remembers
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("[data-part=number]")).to_have_text("15,000")
    expect(page.locator("[data-part=bar]")).to_have_attribute("width", "50")


@pytest.mark.parametrize(
    "visit", [{"permissions": ["clipboard-read", "clipboard-write"]}], ids=["scripts"], indirect=True
)
def test_the_link_is_copied(visit: Visit, ask: Asking) -> None:
    page = visit.go(PAGE)
    fill_in(page, "zoe@example.org")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.wait_for_url(f"**{PAGE}thanks/")

    page.get_by_role("button", name="Copy").click()

    expect(page.locator("[data-part=copy]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == visit.address + PAGE


@pytest.mark.parametrize("path", [PAGE, FRENCH])
def test_axe_finds_nothing_on_the_way(visit: Visit, ask: Asking, path: str) -> None:
    visit.expected_statuses = {422}
    found = {}
    for name in ("", "sign/", "ridings/", "letter/"):
        found[name] = report(visit.go(path + name), visit)
    page = visit.go(path)
    fill_in(page, "zoe@gmial.com", code="90210")
    page.locator("#sign-form > button[type=submit]").click()
    page.wait_for_url(f"**{path}sign/")
    found["422"] = report(page, visit)
    fill_in(page, "zoe@example.org")
    page.locator("#sign-form > button[type=submit]").click()
    page.wait_for_url(f"**{path}thanks/")
    found["thanks"] = report(page, visit)
    prefix = path.split("petitions", maxsplit=1)[0]
    for kind in ("manage", "confirm"):
        page = visit.go(f"{prefix}petitions/{kind}/{mailed(ask, 'zoe@example.org', kind)}/")
        found[kind] = report(page, visit)
    page.locator("main form button").click()
    page.wait_for_url(f"**{path}signed/")
    found["signed"] = report(page, visit)

    assert {name: text for name, text in found.items() if text} == {}


@pytest.mark.parametrize("visit", [ON_A_PHONE], ids=["phone"], indirect=True)
@pytest.mark.parametrize("path", ["/", PAGE, FRENCH, f"{FRENCH}ridings/", f"{PAGE}letter/", "/fr/petitions/"])
def test_nothing_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    page = visit.go(path)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
