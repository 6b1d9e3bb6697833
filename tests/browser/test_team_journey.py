"""A volunteer's way from the team's page to a shift in the calendar, and a captain's from letting in to checking in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from campaign.models import OrganizerAlert
from coop4canada.kit import clock
from supporters.enums import RidingRoleKind
from supporters.models import OutgoingMessage, User
from supporters.services import grant_role
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.journey import Journey
from tests.supporters.logins import code_of, give_app
from volunteers.enums import Channel, JoinMode, Visibility
from volunteers.importers.first_courses import install_courses
from volunteers.models import Event, Membership, Shift, Team
from volunteers.queries.training import course_in_force, right_answers
from volunteers.services.memberships import Wish, join_team
from volunteers.services.teams import open_team

RIDING = 35110
BRUNO, CHANTAL = "bruno.b@example.org", "chantal.c@example.org"


@dataclass(frozen=True)
class Words:
    """What the journey says in one language."""

    prefix: str
    ask: str
    log_in: str
    join: str
    check: str
    passed: str
    sign_up: str
    signed_up: str
    make_feed: str
    let_in: str
    plan: str
    save: str
    add: str
    people: str
    check_in: str
    remove: str


WORDS = {
    "en": Words(
        "", "Mail me a code", "Log in", "Join the team", "Check my answers", "You passed", "Sign up", "Signed up",
        "Make my calendar address", "Let in", "Plan an event", "Save", "Add the shift", "People and check-in",
        "Check in", "Remove",
    ),
    "fr": Words(
        "/fr", "M’envoyer un code", "Se connecter", "Se joindre à l’équipe", "Vérifier mes réponses", "Réussi",
        "S’inscrire", "Inscription faite", "Créer mon adresse de calendrier", "Admettre", "Planifier une activité",
        "Enregistrer", "Ajouter le quart", "Personnes et présences", "Noter la présence", "Retirer",
    ),
}  # fmt: skip


def _begin() -> None:
    install_courses()
    now = clock.now()
    User.objects.create_user(BRUNO, name="Bruno Silva")
    captain = User.objects.create_user(CHANTAL, name="Chantal Roy")
    grant_role(user=captain, riding_number=RIDING, role=RidingRoleKind.CAPTAIN, by=None, now=now)
    team = open_team(riding_number=RIDING, now=now)
    Team.objects.filter(pk=team.pk).update(join_mode=JoinMode.OPEN)
    walk = Event.objects.create(
        team=team, visibility=Visibility.PUBLIC, title_en="Evening walk", title_fr="Marche du soir",
        zone="America/Toronto", created_at=now,
    )  # fmt: skip
    at = now + timedelta(days=4)
    Shift.objects.create(event=walk, starts_at=at, ends_at=at + timedelta(hours=2), changed_at=now)


def _end() -> None:
    Team.objects.all().delete()
    OrganizerAlert.objects.all().delete()
    OutgoingMessage.objects.filter(to__in=[BRUNO, CHANTAL]).delete()
    User.objects.filter(email__in=[BRUNO, CHANTAL]).delete()


@pytest.fixture
def team(ask: Asking) -> Iterator[None]:
    """A team with a captain and a public shift; really committed, and taken away with all that came of it."""
    ask(_begin)
    yield
    ask(_end)


class TeamJourney(Journey):
    """A visit that never scrolls sideways."""

    def arrives(self, address: str) -> None:
        super().arrives(address)
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert self.visit.page.evaluate(fits) or not self.has_scripts

    def clicks(self, name: str, address: str) -> None:
        named = re.compile(f"^{re.escape(name)}")
        either = self.main.get_by_role("link", name=named).or_(self.main.get_by_role("button", name=named))
        either.first.click()
        self.arrives(address)

    def learns(self, ask: Asking) -> None:
        self.goes("/volunteer/training/door/")
        right = ask(lambda: right_answers(course_in_force(Channel.DOOR)))  # type: ignore[arg-type]
        for answers in right.values():
            for answer in answers:
                self.visit.page.locator(f'input[value="{answer}"]').check()
        self.clicks(self.words.check, "/training/door/$")
        expect(self.main).to_contain_text(self.words.passed)


VISITS = pytest.mark.parametrize(
    ("visit", "language", "has_scripts"),
    [
        ({"viewport": PHONE}, "fr", True),
        ({}, "en", True),
        ({"java_script_enabled": False}, "en", False),
    ],
    indirect=["visit"],
    ids=["phone-fr", "desktop-en", "no-scripts-en"],
)


@VISITS
def test_a_volunteer_joins_learns_and_signs_up(
    visit: Visit, team: None, ask: Asking, language: str, has_scripts: bool
) -> None:
    journey = TeamJourney(visit, WORDS[language], has_scripts=has_scripts)
    words = journey.words

    journey.goes("/volunteer/")
    journey.goes(f"/volunteer/teams/{RIDING}/")
    assert visit.context.cookies() == []
    journey.clicks(words.join, "/account/signup/")
    journey.clicks(words.log_in, "/account/login/")
    journey.types_the_code(ask, BRUNO, f"/teams/{RIDING}/join/$")
    journey.clicks(words.join, f"/teams/{RIDING}/inside/$")
    journey.learns(ask)
    journey.goes(f"/volunteer/teams/{RIDING}/inside/")
    journey.clicks(words.sign_up, r"/volunteer/shifts/\d+/$")
    journey.clicks(words.sign_up, r"/volunteer/shifts/\d+/$")
    expect(journey.main).to_contain_text(words.signed_up)
    journey.goes("/volunteer/my/")
    journey.clicks(words.make_feed, "/volunteer/my/$")
    address = visit.page.locator(".c-feed").inner_text()
    path = address[address.index("/", 8) :]
    feed = visit.context.request.get(visit.address + path).text()

    assert feed.count("BEGIN:VEVENT") == 1
    journey.goes("/account/")
    assert journey.found == {}


@VISITS
def test_a_captain_lets_in_plans_checks_in_and_removes(
    visit: Visit, team: None, ask: Asking, language: str, has_scripts: bool
) -> None:
    journey = TeamJourney(visit, WORDS[language], has_scripts=has_scripts)
    words, page = journey.words, visit.page
    ask(_bruno_asks)

    visit.go(f"{words.prefix}/volunteer/teams/{RIDING}/lead/")
    journey.arrives("/account/login/")
    secret = ask(lambda: give_app(User.objects.get(email=CHANTAL)))
    journey.types_the_code(ask, CHANTAL, "/account/second-factor/enter/")
    page.locator("#field-code").fill(code_of(secret))
    page.locator("#field-code").press("Enter")
    journey.arrives(f"/teams/{RIDING}/lead/$")
    journey.clicks(words.let_in, "/lead/$")
    journey.goes(f"/volunteer/teams/{RIDING}/lead/events/")
    journey.clicks(words.plan, "/events/new/$")
    page.locator("#field-title_en").fill("Door day")
    journey.clicks(words.save, r"/events/\d+/$")
    page.locator("#field-day").fill(f"{clock.now() + timedelta(days=9):%Y-%m-%d}")
    page.locator("#field-begins").fill("18:00")
    page.locator("#field-ends").fill("20:00")
    journey.clicks(words.add, r"/events/\d+/$")
    journey.clicks(words.people, r"/shifts/\d+/people/$")
    page.locator("#field-member").select_option(label="Bruno Silva")
    journey.clicks(words.check_in, r"/people/$")
    expect(journey.main.locator('li[data-state="attended"]')).to_contain_text("Bruno Silva")
    journey.goes(f"/volunteer/teams/{RIDING}/lead/")
    journey.clicks(words.remove, "/remove/$")
    journey.clicks(words.remove, "/lead/$")

    ended = ask(
        lambda: list(Membership.objects.filter(user__email=BRUNO).values_list("end_reason", flat=True))
    )
    assert (ended, journey.found) == (["removed"], {})


def _bruno_asks() -> None:
    Team.objects.update(join_mode=JoinMode.APPROVAL)
    user = User.objects.get(email=BRUNO)
    join_team(team=Team.objects.get(), user=user, wish=Wish("en", "Weekends"), now=clock.now())
