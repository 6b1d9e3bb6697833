"""The trial provider's page and desk in a browser: with and without scripts, large and small, in both languages."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from polls.trial.provider import TrialProvider
from polls.trial.things import Mode, TrialSession
from tests.browser.conftest import PHONE, Visit
from tests.browser.test_accessibility import report

WORDS = {
    "": ("A card that is declined at once", "A prepaid card that works", "Pay $", "Dispute it"),
    "/fr": ("Une carte refusée tout de suite", "Une carte prépayée qui fonctionne", "Payer", "Contester"),
}
PHONE_WITHOUT_SCRIPTS = {
    "viewport": PHONE,
    "is_mobile": True,
    "has_touch": True,
    "java_script_enabled": False,
}


@pytest.fixture
def books(site_url: str, site_folder: Path) -> TrialProvider:
    """The books of the running site's provider."""
    return TrialProvider(site_folder / "trial-provider.sqlite3", secret="of nobody")


def session(books: TrialProvider, site_url: str, mode: Mode = Mode.PAYMENT) -> TrialSession:
    return books.open_session(
        key=str(uuid4()),
        now=datetime.now(UTC),
        mode=mode,
        contribution=str(uuid4()),
        amount_cents=2550,
        title="A poll in Ahuntsic-Cartierville",
        email="amara@example.org",
        language="en",
        success_url=f"{site_url}/ridings/",
        cancel_url=f"{site_url}/plan/",
    )


@pytest.mark.parametrize("language", ["", "/fr"], ids=["en", "fr"])
def test_a_card_is_declined_another_pays_and_the_bank_takes_it_back(
    visit: Visit, books: TrialProvider, site_url: str, language: str
) -> None:
    declined, works, pay, dispute = WORDS[language]
    visit.expected_statuses = {422}
    page = visit.go(f"{language}/dev/pay/{session(books, site_url).ref}/")
    found = [report(page, visit)]
    page.get_by_label(declined).check()
    page.get_by_role("button", name=pay).click()
    assert page.get_by_role("alert").is_visible()
    found.append(report(page, visit))
    page.get_by_label(works).check()
    page.get_by_role("button", name=pay).click()
    page.wait_for_url(f"{site_url}/ridings/")
    visit.go(f"{language}/dev/pay/desk/")
    found.append(report(page, visit))
    page.get_by_role("button", name=dispute).first.click()
    page.get_by_role("main").locator("[value=lose] ~ button").first.wait_for()
    found.append(report(page, visit))

    assert found == ["", "", "", ""]


@pytest.mark.parametrize("visit", [PHONE_WITHOUT_SCRIPTS], indirect=True)
@pytest.mark.parametrize("mode", [Mode.PAYMENT, Mode.SETUP])
def test_on_a_phone_without_scripts(visit: Visit, books: TrialProvider, site_url: str, mode: Mode) -> None:
    made = session(books, site_url, mode)
    page = visit.go(f"/dev/pay/{made.ref}/")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"{site_url}/plan/")
    page.go_back()
    page.locator("form.c-form button").click()
    page.wait_for_url(f"{site_url}/ridings/")

    assert width == PHONE["width"]
    assert books.session_on_page(made.ref, now=datetime.now(UTC)).state == "complete"
