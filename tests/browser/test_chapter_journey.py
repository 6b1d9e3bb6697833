"""A chapter lead's way: mailed code, interview, publishing, deciding; and what the public then sees."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from coop4canada.kit import clock
from supporters.enums import RidingRoleKind
from supporters.models import OutgoingMessage, User
from supporters.services import grant_role
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.journey import Journey
from volunteers.models import Candidacy, Chapter, Interview, QuestionSet
from volunteers.services import install_questions

RIDING = 35110
EMAIL = "lena@example.org"


@dataclass(frozen=True)
class Words:
    """What the journey says in one language."""

    prefix: str
    ask: str
    log_in: str
    add: str
    put: str
    write: str
    save: str
    look: str
    publish: str
    assessed: str
    endorsed: str
    unity: str
    decide: str
    is_unity: str
    chapter: str


WORDS = {
    "en": Words(
        prefix="",
        ask="Mail me a code",
        log_in="Log in",
        add="Add a candidate",
        put="Put on the list",
        write="Write an interview down",
        save="Save the draft",
        look="Look through and publish",
        publish="Publish for good",
        assessed="Assessed",
        endorsed="Endorsed",
        unity="Unity candidate",
        decide="Decide and publish",
        is_unity="is the unity candidate here",
        chapter="Candidates, answers and reasons",
    ),
    "fr": Words(
        prefix="/fr",
        ask="M’envoyer un code",
        log_in="Se connecter",
        add="Ajouter une candidature",
        put="Inscrire sur la liste",
        write="Consigner une entrevue",
        save="Enregistrer le brouillon",
        look="Relire et publier",
        publish="Publier pour de bon",
        assessed="Évaluée",
        endorsed="Appuyée",
        unity="Candidature d’unité",
        decide="Décider et publier",
        is_unity="porte ici la candidature d’unité",
        chapter="Candidatures, réponses et motifs",
    ),
}


def _begin() -> None:
    lena = User.objects.create_user(EMAIL, name="Lena")
    grant_role(user=lena, riding_number=RIDING, role=RidingRoleKind.CHAPTER_LEAD, by=None, now=clock.now())
    row = {"name_en": "Set", "name_fr": "Série", "questions": [{"en": "Why you?", "fr": "Pourquoi vous?"}]}
    install_questions(row=row, now=clock.now())
    questions = QuestionSet.objects.filter(riding_number__isnull=True).order_by("pk")[0]
    Chapter.objects.filter(riding_number=RIDING).update(question_set=questions)


def _end() -> None:
    Interview.objects.all().delete()
    Candidacy.objects.all().delete()
    Chapter.objects.all().delete()
    OutgoingMessage.objects.filter(to=EMAIL).delete()
    User.objects.filter(email=EMAIL).delete()


@pytest.fixture
def lead(ask: Asking) -> Iterator[None]:
    """Lena leads the chapter of a riding; really committed, and taken away with all that came of it."""
    ask(_begin)
    yield
    ask(_end)


class ChapterJourney(Journey):
    """The lead at work."""

    def logs_in(self, ask: Asking) -> None:
        self.visit.go(f"{self.words.prefix}/chapters/{RIDING}/work/")
        self.arrives("/account/login/")
        self.types_the_code(ask, EMAIL, f"/chapters/{RIDING}/work/$")

    def lists_a_candidate(self) -> None:
        self.clicks(self.words.add, "/candidates/$")
        page = self.visit.page
        page.locator("#field-name").fill("Ana Silva")
        page.locator("#field-party").select_option("NDP")
        self.clicks(self.words.put, r"/candidates/\d+/$")

    def interviews(self) -> None:
        self.clicks(self.words.write, "/interview/$")
        page = self.visit.page
        page.locator("#field-held_on").fill("2025-11-20")
        for topic, value in (("cooperate", "yes"), ("reform", "partly")):
            page.locator(f"#field-stance_{topic}").select_option(value)
        page.locator("#field-quote_reform").fill("In steps, beginning now.")
        page.locator("textarea[name^=answer_]").first.fill("Because I listen.")
        self.clicks(self.words.save, r"/candidates/\d+/$")
        self.clicks(self.words.look, "/publish/$")
        self.clicks(self.words.publish, r"/candidates/\d+/$")

    def decides(self) -> None:
        page = self.visit.page
        for label in (self.words.assessed, self.words.endorsed, self.words.unity):
            page.get_by_label(label, exact=True).check()
            page.locator("#field-reason_en").fill(f"The reason for {label}.")
            page.locator("#field-interest").fill("Our treasurer is her cousin.")
            self.clicks(self.words.decide, r"/candidates/\d+/$")
            expect(page.locator("main .c-state").first).to_have_text(label)

    def is_shown(self) -> None:
        page = self.visit.go(f"{self.words.prefix}/ridings/{RIDING}/")
        expect(page.get_by_role("main")).to_contain_text(self.words.is_unity)
        self.clicks(self.words.chapter, f"/chapters/{RIDING}/$")
        for words in (
            f"The reason for {self.words.unity}.",
            "Our treasurer is her cousin.",
            "In steps, beginning now.",
        ):
            expect(page.get_by_role("main")).to_contain_text(words)
        self.visit.go(f"{self.words.prefix}/chapters/{RIDING}/answers/")
        self.arrives("/answers/$")
        expect(page.get_by_role("main")).to_contain_text("Because I listen.")
        self.visit.go(f"{self.words.prefix}/account/")
        self.arrives("/account/$")


@pytest.mark.parametrize(
    ("visit", "language", "has_scripts"),
    [
        ({"viewport": PHONE}, "fr", True),
        ({"viewport": PHONE}, "en", True),
        ({}, "en", True),
        ({}, "fr", True),
        ({"java_script_enabled": False}, "en", False),
    ],
    indirect=["visit"],
    ids=["phone-fr", "phone-en", "desktop-en", "desktop-fr", "no-scripts-en"],
)
def test_a_lead_finds_the_unity_candidate(
    visit: Visit, lead: None, ask: Asking, language: str, has_scripts: bool
) -> None:
    journey = ChapterJourney(visit, WORDS[language], has_scripts=has_scripts)

    journey.logs_in(ask)
    journey.lists_a_candidate()
    journey.interviews()
    journey.decides()
    journey.is_shown()

    assert journey.found == {}
    assert visit.context.cookies() != []
