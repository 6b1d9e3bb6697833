"""Pledging: two fields, the mail, the thanks with a link for friends, the riding's count, taking it back."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coop4canada.kit import clock
from pledges.models import Pledge
from pledges.services import count_pledges
from supporters.models import OutgoingMessage
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_accessibility import report

EMAIL = "zoe@example.org"
PHONE_SCREEN = {"viewport": PHONE, "is_mobile": True, "has_touch": True}


def looked_at(visit: Visit, *, has_scripts: bool) -> Page:
    """Return the page after axe looked at it, which needs a page whose scripts run."""
    assert not has_scripts or report(visit.page, visit) == ""
    return visit.page


def path_in_mail(ask: Asking, kind: str, prefix: str) -> str:
    mail: Any = ask(lambda: OutgoingMessage.objects.get(to=EMAIL, kind=f"pledges/pledge_{kind}"))
    assert mail.language == ("fr" if prefix else "en")
    name = "manage" if kind == "thanks" else kind
    return f"{prefix}/pledge/{name}/{mail.context[f'{name}_token']}/"


def pledge(visit: Visit, prefix: str, *, has_scripts: bool) -> None:
    page = visit.go(f"{prefix}/")
    page.locator(f".c-hero a[href='{prefix}/pledge/']").click()
    looked_at(visit, has_scripts=has_scripts)
    page.locator("#pledge-email").fill(EMAIL)
    page.locator("#pledge-code").fill("90210")
    visit.expected_statuses = {422}
    page.locator("#pledge-form > button[type=submit]").click()
    expect(page.locator("#pledge-code-error")).to_be_visible()
    looked_at(visit, has_scripts=has_scripts)
    page.locator("#pledge-code").fill("K1A 0A6")
    page.locator("summary").click()
    page.get_by_role("radio").nth(1).check()
    if not has_scripts:
        # Without a proof of work a form sent within two seconds looks like a robot's.
        page.wait_for_timeout(2_100)
    page.locator("#pledge-form > button[type=submit]").click()
    page.wait_for_url("**/pledge/thanks/")
    looked_at(visit, has_scripts=has_scripts)


@pytest.mark.parametrize("prefix", ["", "/fr"], ids=["en", "fr"])
@pytest.mark.parametrize(
    ("visit", "has_scripts"),
    [(PHONE_SCREEN, True), ({}, True), ({"java_script_enabled": False}, False)],
    ids=["phone", "desktop", "no-scripts"],
    indirect=["visit"],
)
def test_pledge_confirm_thanks_count_and_take_back(
    visit: Visit, ask: Asking, prefix: str, *, has_scripts: bool
) -> None:
    pledge(visit, prefix, has_scripts=has_scripts)
    page = visit.go(path_in_mail(ask, "confirm", prefix))
    looked_at(visit, has_scripts=has_scripts)
    page.locator("main form button").click()
    page.wait_for_url("**/pledge/pledged/")
    looked_at(visit, has_scripts=has_scripts)
    link = page.locator("#share-link").input_value()
    ask(lambda: count_pledges(now=clock.now()))
    made: Any = ask(Pledge.objects.get)
    page = visit.go(path_in_mail(ask, "thanks", prefix) + "?withdraw=1")
    looked_at(visit, has_scripts=has_scripts)
    page.locator("button[value=withdraw]").click()
    page.wait_for_load_state()

    assert (made.state, made.voter_status, made.referred_by_id) == ("confirmed", "young", None)
    assert re.search(rf"{prefix}/pledge/with/\w+/$", link)
    assert ask(lambda: Pledge.objects.get().state) == "withdrawn"
    looked_at(visit, has_scripts=has_scripts)


@pytest.mark.parametrize("visit", [PHONE_SCREEN], indirect=True)
def test_the_form_can_be_sent_with_the_keyboard_alone(visit: Visit, ask: Asking) -> None:
    page = visit.go("/pledge/make/")
    page.locator("#pledge-email").focus()
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type("K1A 0A6")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pledge/thanks/")

    assert ask(lambda: Pledge.objects.get().postal_code) == "K1A0A6"
