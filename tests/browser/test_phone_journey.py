"""A caller's way: someone to call, the number, the script, one tap, the next; and never again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import Page, expect

from coop4canada.kit import clock
from supporters.enums import RidingRoleKind
from supporters.models import User
from supporters.services import grant_role
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.test_accessibility import report
from tests.volunteers import contacting
from volunteers.enums import Channel, SuppressedThing, SuppressionSource
from volunteers.importers.first_scripts import install_scripts
from volunteers.models import (
    Attempt,
    AttemptAnswer,
    CalledNumber,
    CallingFacts,
    Certificate,
    Contact,
    Lease,
    Script,
    ScriptVersion,
    Suppression,
)
from volunteers.queries.training import course_in_force
from volunteers.services.scripts import publish_version
from volunteers.services.suppression import Refusal, suppress

EMAIL = "ana@example.org"
# A sign of life three times a second; modules start after the document is read.
FAST_BEAT = """document.addEventListener("readystatechange", () => {
  const call = document.querySelector("[data-c4c=call]");
  if (call) call.dataset.beat = "300";
});"""


@dataclass(frozen=True)
class Words:
    """What the journey says in one language."""

    prefix: str
    give: str
    call: str
    go_on: str
    recorded: str


WORDS = {
    "en": Words(
        prefix="",
        give="Give me someone to call",
        call="Call now",
        go_on="Go on with the script",
        recorded="Recorded: talked.",
    ),
    "fr": Words(
        prefix="/fr",
        give="Donnez-moi quelqu’un à appeler",
        call="Appeler maintenant",
        go_on="Poursuivre le scénario",
        recorded="Consigné",
    ),
}


def _begin() -> str:
    install_scripts()
    now = clock.now()
    ana = contacting.volunteer(EMAIL, of=contacting.team(None))
    CallingFacts.objects.create(number="613-555-0199", recorded_at=now)
    version = ScriptVersion.objects.get(script__channel=Channel.PHONE)
    publish_version(version=version, now=now)
    if course := course_in_force(Channel.PHONE):
        Certificate.objects.create(user=ana, course=course, passed_at=now)
    listed = contacting.contact_list(script=Script.objects.get(channel=Channel.PHONE))
    for number in (1, 2, 3):
        contacting.contact(listed, f"+1613555{number:04}", name=f"Voter {number}", next_at=now)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(ana.pk), ana.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return str(session.session_key)


def _end() -> None:
    """Take everything away; what was published refuses to be deleted row by row."""
    for model in (Attempt, AttemptAnswer, Suppression):
        model.objects.all().delete()
    CalledNumber.objects.all().delete()
    CallingFacts.objects.all().delete()
    User.objects.filter(email=EMAIL).delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE volunteers_script, volunteers_contactlist, volunteers_team CASCADE")
    install_scripts()


@pytest.fixture
def logged_in(visit: Visit, ask: Asking) -> Iterator[None]:
    """Ana of the phone team, three people to call; really committed, and taken away with all that came of it."""
    key = ask(_begin)
    visit.context.add_cookies([{"name": "sessionid", "value": key, "url": visit.address}])
    yield
    ask(_end)


class Calls:
    """A caller who looks at every page; axe needs a page whose scripts run."""

    def __init__(self, visit: Visit, words: Words, *, has_scripts: bool) -> None:
        self.visit, self.words, self.has_scripts = visit, words, has_scripts
        self.found: dict[str, str] = {}

    @property
    def page(self) -> Page:
        return self.visit.page

    def looks(self) -> None:
        if self.has_scripts and (text := report(self.page, self.visit)):
            self.found[self.page.url] = text

    def begins(self) -> None:
        self.visit.go(f"{self.words.prefix}/volunteer/phone/")
        self.looks()
        self.page.get_by_role("button", name=self.words.give).click()
        self.page.wait_for_url(re.compile("/call/"))
        self.looks()

    def dials(self) -> None:
        expect(self.page.locator("[data-part=tel]")).to_have_count(0)
        self.page.get_by_role("button", name=self.words.call).click()
        expect(self.page.locator("[data-part=tel]")).to_have_attribute(
            "href", re.compile(r"tel:\+1613555000\d")
        )
        self.looks()

    def talks(self) -> None:
        self.page.locator("input[name=answer_time][value=yes]").check()
        self.steps()
        self.page.locator("#answer-issue").fill("Trees")
        self.page.locator("input[name=answer_together][value=yes]").check()
        self.steps()
        expect(self.page.locator("[data-line=why]")).to_be_hidden()
        expect(self.page.locator("[data-line=goodbye]")).to_be_visible()
        self.looks()

    def steps(self) -> None:
        if not self.has_scripts:
            self.page.get_by_role("button", name=self.words.go_on).click()

    def records(self, outcome: str) -> None:
        before = self.page.url
        self.page.locator(f"button[data-outcome={outcome}]").click()
        self.page.wait_for_url(lambda url: url != before)


def _told() -> tuple[list[str], list[str], int, int]:
    outcomes = list(Attempt.objects.order_by("pk").values_list("outcome", flat=True))
    keys = sorted(AttemptAnswer.objects.values_list("question__key", flat=True))
    return outcomes, keys, Suppression.objects.count(), CalledNumber.objects.count()


@pytest.mark.parametrize(
    ("visit", "language", "has_scripts"),
    [
        ({"viewport": PHONE}, "en", True),
        ({"viewport": PHONE}, "fr", True),
        ({"viewport": PHONE, "java_script_enabled": False}, "en", False),
    ],
    indirect=["visit"],
    ids=["phone-en", "phone-fr", "no-scripts-en"],
)
def test_a_caller_calls_one_after_the_other(
    visit: Visit, logged_in: None, ask: Asking, language: str, has_scripts: bool
) -> None:
    calls = Calls(visit, WORDS[language], has_scripts=has_scripts)

    calls.begins()
    calls.dials()
    calls.talks()
    calls.records("answered")
    expect(visit.page.get_by_role("status").first).to_contain_text(WORDS[language].recorded)
    calls.records("dnc")
    calls.records("no_answer")
    visit.page.wait_for_url(re.compile(r"/volunteer/phone/\?done="))

    assert ask(_told) == (["answered", "dnc", "no_answer"], ["issue", "time", "together"], 1, 1)
    assert calls.found == {}


def test_the_keyboard_alone_is_enough(visit: Visit, logged_in: None, ask: Asking) -> None:
    calls = Calls(visit, WORDS["en"], has_scripts=True)
    calls.begins()
    page = visit.page

    page.get_by_role("button", name="Call now").press("Enter")
    expect(page.locator("[data-part=tel]")).to_be_focused()
    page.locator("input[name=answer_time][value=yes]").press("Space")
    page.locator("#field-note").press("2")
    expect(page.locator("#field-note")).to_have_value("2")
    page.locator("#field-note").blur()
    before = page.url
    page.keyboard.press("2")
    page.wait_for_url(lambda url: url != before)

    assert ask(lambda: Attempt.objects.get().outcome) == "no_answer"


def test_what_was_typed_survives_a_lost_connection(visit: Visit, logged_in: None, ask: Asking) -> None:
    calls = Calls(visit, WORDS["en"], has_scripts=True)
    calls.begins()
    page = visit.page
    page.locator("#field-note").fill("Long story")

    page.route("**/outcome/", lambda route: route.abort())
    page.locator("button[data-outcome=busy]").click()
    expect(page.locator("[data-part=unsent]")).to_be_visible()
    assert page.evaluate("localStorage.length") == 1
    page.unroute("**/outcome/")
    page.wait_for_url(re.compile(r"done="), timeout=15_000)

    assert ask(lambda: list(Attempt.objects.values_list("outcome", "note"))) == [("busy", "Long story")]
    assert page.evaluate("localStorage.length") == 0
    visit.problems.clear()  # the request that was made to fail


def test_a_voter_who_opts_out_meanwhile_stops_the_call(visit: Visit, logged_in: None, ask: Asking) -> None:
    """Failure case 9."""
    visit.expected_statuses = {410}
    visit.page.add_init_script(FAST_BEAT)
    calls = Calls(visit, WORDS["en"], has_scripts=True)
    calls.begins()
    calls.dials()

    ask(_opt_everybody_out)

    expect(visit.page.get_by_role("alert").first).to_contain_text("Do not call")
    expect(visit.page.locator("[data-part=tel]")).to_have_count(0)


def test_a_clock_that_is_off_is_said_so(visit: Visit, logged_in: None) -> None:
    """Failure case 19."""
    visit.page.add_init_script("const now = Date.now; Date.now = () => now() + 180_000;")
    Calls(visit, WORDS["en"], has_scripts=True).begins()

    expect(visit.page.locator("[data-part=skew]")).to_be_visible()


@pytest.mark.parametrize(
    ("visit", "language"),
    [({"viewport": PHONE}, "en"), ({}, "fr")],
    indirect=["visit"],
    ids=["phone-en", "desktop-fr"],
)
def test_the_board_moves_by_itself_and_axe_finds_nothing(
    visit: Visit, logged_in: None, ask: Asking, language: str
) -> None:
    ask(_make_captain)
    page = visit.go(f"{WORDS[language].prefix}/volunteer/phone/board/")
    before = report(page, visit)
    ask(_claim)

    expect(page.locator("#callers-title")).to_contain_text("1", timeout=15_000)
    assert [before, report(page, visit)] == ["", ""]


def _make_captain() -> None:
    ana = User.objects.get(email=EMAIL)
    grant_role(user=ana, riding_number=None, role=RidingRoleKind.PHONE_CAPTAIN, by=None, now=clock.now())


def _claim() -> None:
    contact, now = Contact.objects.order_by("pk")[0], clock.now()
    Lease.objects.create(
        contact=contact,
        caller=User.objects.get(email=EMAIL),
        phone_digest=contact.phone_digest,
        household_key=contact.household_key,
        issued_at=now,
        heartbeat_at=now,
        expires_at=now + timedelta(minutes=5),
    )


def _opt_everybody_out() -> None:
    for contact in Contact.objects.all():
        digests = {SuppressedThing.PHONE: contact.phone_digest}
        suppress(refusal=Refusal(digests, SuppressionSource.DOOR, clock.now()), now=clock.now())
