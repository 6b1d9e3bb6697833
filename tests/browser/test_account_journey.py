"""From opening an account to its home; an app for codes; a passkey, made and used by a browser that has one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from supporters.models import OutgoingMessage, Supporter, User
from tests import people
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_accessibility import report
from tests.supporters.logins import code_of, mailed_code

EMAIL, CAPTAIN = "nadia@example.org", "chantal@example.org"
# Authenticators that keep the passkey and check their owner, as phones do.
PHONE_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Words:
    """What the journey says in one language."""

    prefix: str
    name: str
    email: str
    code: str
    riding: str
    ask: str
    log_in: str
    home: str


WORDS = {
    "en": Words("", "Your name", "Your e-mail", "Your postal code", "Your riding", "Mail me a code", "Log in", "Your account"),
    "fr": Words(
        "/fr", "Votre nom", "Votre courriel", "Votre code postal", "Votre circonscription", "M’envoyer un code",
        "Se connecter", "Votre compte",
    ),
}  # fmt: skip


def _begin() -> None:
    people.chantal(35110)


def _end() -> None:
    OutgoingMessage.objects.filter(to__in=(EMAIL, CAPTAIN)).delete()
    User.objects.filter(email__in=(EMAIL, CAPTAIN)).delete()


@pytest.fixture
def captain(ask: Asking) -> Iterator[None]:
    """Chantal is captain of a riding; really committed, and taken away with all that came of it."""
    ask(_begin)
    yield
    ask(_end)


def look(visit: Visit, found: list[str]) -> None:
    if text := report(visit.page, visit):
        found.append(f"{visit.page.url}: {text}")


def log_in(visit: Visit, ask: Asking, email: str) -> Page:
    page = visit.go("/account/login/")
    page.get_by_label("Your e-mail").fill(email)
    page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_url("**/account/code/**")
    page.get_by_label("Code").fill(ask(lambda: mailed_code(email)))
    page.get_by_role("button", name="Log in").click()
    return page


def sign_up(visit: Visit, ask: Asking, words: Words, found: list[str]) -> None:
    page = visit.go(f"{words.prefix}/account/signup/?next={words.prefix}/account/")
    look(visit, found)
    page.get_by_label(words.name).fill("Nadia Roy")
    page.get_by_label(words.email).fill(EMAIL)
    page.get_by_label(words.code).fill("K1A 0B1")
    page.wait_for_timeout(3_000)  # people take their time
    page.get_by_role("button", name=words.ask).click()
    page.locator("#field-riding, #field-code").wait_for()
    if page.get_by_label(words.riding).count():
        look(visit, found)
        page.get_by_label(words.riding).select_option(index=1)
        page.get_by_role("button", name=words.ask).click()
    page.wait_for_url("**/account/code/**")
    look(visit, found)
    page.locator("#field-code").fill(ask(lambda: mailed_code(EMAIL, "supporters/sign_up_code")))
    page.get_by_role("button", name=words.log_in).click()


@pytest.mark.parametrize(
    ("language", "visit"),
    [("en", {"viewport": PHONE}), ("fr", {"viewport": PHONE}), ("fr", {})],
    indirect=["visit"],
)
def test_from_sign_up_to_ones_account(visit: Visit, ask: Asking, language: str) -> None:
    words, found = WORDS[language], list[str]()
    visit.expected_statuses = {422}

    sign_up(visit, ask, words, found)

    expect(visit.page.get_by_role("heading", level=1)).to_have_text(words.home)
    look(visit, found)
    visit.go(f"{words.prefix}/account/details/")
    look(visit, found)
    names = ask(lambda: list(Supporter.objects.filter(account__email=EMAIL).values_list("name", flat=True)))
    ask(_end)
    assert (names, found) == (["Nadia Roy"], [])


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_an_account_opens_too(visit: Visit, ask: Asking) -> None:
    visit.expected_statuses = {422}
    page = visit.go("/account/signup/")
    page.get_by_label("Your name").fill("Nadia Roy")
    page.get_by_label("Your e-mail").fill(EMAIL)
    page.get_by_label("Your postal code").fill("K1A 0B1")
    page.wait_for_timeout(3_500)  # people take their time
    page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_load_state("networkidle")
    if page.get_by_label("Your riding").count():
        page.get_by_label("Your riding").select_option(index=1)
        page.get_by_role("button", name="Mail me a code").click()
    page.wait_for_url("**/account/code/**")
    page.get_by_label("Code").fill(ask(lambda: mailed_code(EMAIL, "supporters/sign_up_code")))
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    ask(_end)


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True)
@pytest.mark.usefixtures("captain")
def test_an_app_for_codes_is_set_up_and_asked_for(visit: Visit, ask: Asking) -> None:
    found: list[str] = []
    page = log_in(visit, ask, CAPTAIN)
    for link in ("Set up", "Set up an app"):
        page.get_by_role("link", name=link, exact=True).click()
        page.wait_for_load_state("networkidle")
        look(visit, found)
    secret = page.locator(".c-key").inner_text()
    page.get_by_label("Code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/second-factor/codes/")
    look(visit, found)
    recovery = page.locator(".c-codes code").first.inner_text()
    visit.context.clear_cookies()

    log_in(visit, ask, CAPTAIN)
    page.wait_for_url("**/second-factor/enter/")
    look(visit, found)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert found == []


def with_phone_key(visit: Visit) -> Any:
    """Give the browser a key that lives in it; the site is visited by the one name for which http will do."""
    visit.address = visit.address.replace("127.0.0.1", "localhost")
    devtools = visit.context.new_cdp_session(visit.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_KEY})
    return devtools


@pytest.mark.usefixtures("captain")
def test_a_passkey_is_made_logs_in_and_is_a_second_factor(visit: Visit, ask: Asking) -> None:
    found: list[str] = []
    with_phone_key(visit)
    page = log_in(visit, ask, CAPTAIN)
    page.wait_for_url("**/account/")
    visit.go("/account/second-factor/passkey/")
    look(visit, found)
    page.get_by_label("Name of the passkey").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/second-factor/codes/")
    names = ask(lambda: [str(row) for row in Authenticator.objects.filter(type="webauthn")])

    visit.context.clear_cookies()
    visit.go("/account/login/?next=/account/details/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url(re.compile(r"^[^?]*/account/details/$"))

    visit.context.clear_cookies()
    log_in(visit, ask, CAPTAIN)
    page.wait_for_url("**/second-factor/enter/")
    look(visit, found)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r"/account/$"))
    assert (names, found) == (["My phone"], [])


@pytest.mark.usefixtures("captain")
def test_a_browser_without_the_passkey_says_so(visit: Visit) -> None:
    with_phone_key(visit)
    page = visit.go("/account/login/")

    page.get_by_role("button", name="Log in with a passkey").click()

    expect(page.get_by_text("The browser gave no passkey.")).to_be_visible()
