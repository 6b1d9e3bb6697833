"""All a supporter does, in one go: home, sign, mail, confirm, share, join a party."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from coop4canada.kit import clock
from petitions.models import PetitionCount, Signature
from petitions.services.counting import count_signatures
from pledges.models import MembershipReport, PartyMembershipDrive
from supporters.models import OutgoingMessage
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_accessibility import report

EMAIL = "zoe@example.org"


@dataclass(frozen=True)
class Words:
    """What the journey says in one language."""

    home: str
    sign: str
    thanks: str
    share: str
    join: str
    title: str
    joined: str
    counted: str


WORDS = {
    "en": Words(
        home="/",
        sign="Sign the petition",
        thanks="Thank you, Zoë!",
        share="Or pass on this link",
        join="Join a party",
        title="Choose a leader",
        joined="I joined",
        counted="Thank you: it counts",
    ),
    "fr": Words(
        home="/fr/",
        sign="Signer la pétition",
        thanks="Merci, Zoë",
        share="Ou transmettez ce lien",
        join="Adhérer à un parti",
        title="Choisir une direction",
        joined="J’ai adhéré",
        counted="Merci\N{NO-BREAK SPACE}: c’est compté",
    ),
}


def path_in_mail(ask: Asking, prefix: str) -> str:
    """Return the path of the link that confirms, as the newest mail has it."""
    mail: Any = ask(lambda: OutgoingMessage.objects.get(to=EMAIL, kind="petitions/confirm"))
    assert mail.language == ("fr" if prefix == "/fr/" else "en")
    return f"{prefix}petitions/confirm/{mail.context['confirm_token']}/"


class Journey:
    """A visit that looks at every page it comes by; axe needs a page whose scripts run."""

    def __init__(self, visit: Visit, *, has_scripts: bool) -> None:
        self.visit = visit
        self.has_scripts = has_scripts
        self.found: dict[str, str] = {}

    def arrives(self, heading: str = "") -> None:
        """Expect a page headed so, and keep what axe objects to."""
        page = self.visit.page
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(heading) or "."))
        if self.has_scripts:
            self.found |= {page.url: text} if (text := report(page, self.visit)) else {}

    def signs(self, words: Words) -> None:
        page = self.visit.go(words.home)
        page.locator(".c-hero").get_by_role("link", name=words.sign).click()
        self.arrives()
        page.locator("#sign-name").fill("Zoë Tremblay")
        page.locator("#sign-email").fill(EMAIL)
        page.locator("#sign-code").fill("K1A 0A6")
        page.locator("#sign-form > button[type=submit]").click()
        page.wait_for_url("**/thanks/")
        self.arrives()

    def confirms_and_shares(self, path: str, words: Words) -> None:
        page = self.visit.go(path)
        self.arrives()
        page.locator("main form button").click()
        page.wait_for_url("**/signed/")
        self.arrives(words.thanks)
        assert re.search(r"/p/\w+/$", page.get_by_label(words.share).input_value())

    def joins(self, words: Words) -> None:
        """Follow the next step; the browser is known since the signature was confirmed: no form, no mail."""
        page = self.visit.page
        page.get_by_role("main").get_by_role("link", name=words.join).click()
        self.arrives()
        page.get_by_role("main").get_by_role("link", name=words.title).click()
        self.arrives(words.title)
        page.locator("a[href$='/joined/']").first.click()
        self.arrives(words.joined)
        page.get_by_role("button", name=words.joined).click()
        self.arrives(words.counted)


def counted(ask: Asking) -> tuple[str, int]:
    """Return the signature's state and the public count, as the worker counts it."""
    ask(lambda: count_signatures(now=clock.now()))
    return (
        ask(lambda: Signature.objects.get().state),
        ask(lambda: sum(PetitionCount.objects.values_list("confirmed", flat=True))),
    )


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("visit", "has_scripts"),
    [
        ({"viewport": PHONE, "is_mobile": True, "has_touch": True}, True),
        ({}, True),
        ({"java_script_enabled": False}, False),
    ],
    ids=["phone", "desktop", "no-scripts"],
    indirect=["visit"],
)
def test_home_sign_mail_confirm_share_join(
    visit: Visit, ask: Asking, drive: PartyMembershipDrive, language: str, *, has_scripts: bool
) -> None:
    words, journey = WORDS[language], Journey(visit, has_scripts=has_scripts)

    journey.signs(words)
    assert counted(ask) == ("pending", 0)
    journey.confirms_and_shares(path_in_mail(ask, words.home), words)
    assert counted(ask) == ("confirmed", 1)
    journey.joins(words)

    assert ask(lambda: MembershipReport.objects.get().drive_id) == drive.pk
    assert journey.found == {}
