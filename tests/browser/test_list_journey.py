"""A captain's way to a list of doors: make it, upload a file, name columns, look at what is wrong, import, put to work."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shapely
from playwright.sync_api import expect

from coop4canada.kit import clock
from ridings.models import RidingBoundary
from supporters.enums import RidingRoleKind
from supporters.models import OutgoingMessage, User
from supporters.services import grant_role
from tests.browser.conftest import PHONE, Asking, Visit
from tests.browser.journey import Journey
from volunteers.models import ContactList, ImportBatch, PurgeReport, Team
from volunteers.services.importing import run_next_import

RIDING = 35075
EMAIL = "chantal@example.org"


@dataclass(frozen=True)
class Words:
    """What the journey says in one language."""

    prefix: str
    ask: str
    log_in: str
    make: str
    save: str
    file: str
    upload: str
    check: str
    look: str
    formula: str
    outside: str
    begin: str
    back: str
    activate: str
    active: str


WORDS = {
    "en": Words(
        prefix="",
        ask="Mail me a code",
        log_in="Log in",
        make="Make a list",
        save="Save",
        file="Import a file",
        upload="Upload",
        check="Check the file",
        look="Look again",
        formula="A cell begins like a formula of a spreadsheet.",
        outside="This lies outside the riding of the list.",
        begin="Import the good rows",
        back="Back to the list",
        activate="Put to work",
        active="in use",
    ),
    "fr": Words(
        prefix="/fr",
        ask="M’envoyer un code",
        log_in="Se connecter",
        make="Créer une liste",
        save="Enregistrer",
        file="Importer un fichier",
        upload="Téléverser",
        check="Vérifier le fichier",
        look="Regarder de nouveau",
        formula="Une cellule commence comme une formule de tableur.",
        outside="Ceci se trouve hors de la circonscription de la liste.",
        begin="Importer les bonnes rangées",
        back="Retour à la liste",
        activate="Mettre en service",
        active="en usage",
    ),
}


def _begin() -> tuple[float, float]:
    boundary = RidingBoundary.objects.get(riding__number=RIDING, riding__boundary_set__status="live")
    point = shapely.from_wkb(bytes(boundary.wkb)).representative_point()
    user = User.objects.create_user(EMAIL, name="Chantal")
    grant_role(user=user, riding_number=RIDING, role=RidingRoleKind.CAPTAIN, by=None, now=clock.now())
    return point.y, point.x


def _end() -> None:
    ImportBatch.objects.all().delete()
    PurgeReport.objects.all().delete()
    ContactList.objects.all().delete()
    OutgoingMessage.objects.filter(to=EMAIL).delete()
    Team.objects.filter(riding_number=RIDING).delete()
    User.objects.filter(email=EMAIL).delete()


@pytest.fixture
def doors(ask: Asking, tmp_path: Path) -> Iterator[Path]:
    """Chantal leads a riding's team and has a file: two doors of the riding, one far away, one formula."""
    latitude, longitude = ask(_begin)
    lines = [
        "No civique;Rue;Ville;Latitude;Longitude;Remarque",
        f"12;Rue des Érables;Ottawa;{latitude};{longitude};",
        f"14A;Rue des Érables;Ottawa;{latitude};{longitude};",
        "16;Rue des Érables;Ottawa;60,5;-120,5;far",
        f"18;=1+1;Ottawa;{latitude};{longitude};",
    ]
    path = tmp_path / "portes.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    yield path
    ask(_end)


class ListJourney(Journey):
    """A captain and the worker that does what waits."""

    def __init__(self, visit: Visit, words: Words, ask: Asking, *, has_scripts: bool) -> None:
        super().__init__(visit, words, has_scripts=has_scripts)
        self.ask = ask

    def clicks(self, name: str, address: str) -> None:
        either = self.main.get_by_role("link", name=name, exact=True).or_(
            self.main.get_by_role("button", name=name, exact=True)
        )
        either.first.click()
        self.arrives(address)

    def works(self) -> None:
        """Let the worker do what waits, and look again."""
        self.ask(lambda: run_next_import(clock=clock.now))
        self.visit.page.reload()
        self.arrives(r"/imports/\d+/$")

    def logs_in(self) -> None:
        self.visit.go(f"{self.words.prefix}/volunteer/lists/{RIDING}/")
        self.arrives("/account/login/")
        self.types_the_code(self.ask, EMAIL, f"/lists/{RIDING}/$")

    def makes_a_list(self) -> None:
        self.clicks(self.words.make, "/new/$")
        page = self.visit.page
        page.locator("#field-name").fill("Érables")
        page.locator("#field-source").fill("Registre d’adresses de la ville")
        self.clicks(self.words.save, "/new/$")
        expect(page.locator("#field-basis-error")).to_be_visible()
        expect(page.locator("#field-name")).to_have_value("Érables")
        page.locator("#field-basis").fill("Adresses publiques")
        self.clicks(self.words.save, rf"/lists/{RIDING}/\d+/$")

    def uploads(self, file: Path) -> None:
        self.clicks(self.words.file, "/upload/$")
        self.visit.page.locator("#field-file").set_input_files(file)
        self.clicks(self.words.upload, r"/imports/\d+/$")
        expect(self.visit.page.locator("#field-number")).to_have_value("0")
        expect(self.visit.page.locator("#field-longitude")).to_have_value("4")
        self.clicks(self.words.check, r"/imports/\d+/$")
        expect(self.visit.page.get_by_role("link", name=self.words.look)).to_be_visible()
        self.works()

    def reads_what_is_wrong(self) -> None:
        page = self.visit.page
        rows = page.locator("table").first.locator("tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.nth(0)).to_contain_text(self.words.outside)
        expect(rows.nth(1)).to_contain_text(self.words.formula)
        with page.expect_download() as sent:
            page.locator("a[href$='left-out.csv']").click()
        lines = Path(sent.value.path()).read_text("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ["4", "5"]
        assert lines[2].endswith(",'=1+1")

    def imports_and_activates(self) -> None:
        self.clicks(self.words.begin, r"/imports/\d+/$")
        self.works()
        self.clicks(self.words.back, rf"/lists/{RIDING}/\d+/$")
        self.clicks(self.words.activate, rf"/lists/{RIDING}/\d+/$")
        expect(self.visit.page.locator("main .c-tag").first).to_have_text(self.words.active)


@pytest.mark.country
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
def test_a_captain_brings_doors_into_a_list(
    visit: Visit, doors: Path, ask: Asking, language: str, has_scripts: bool
) -> None:
    visit.expected_statuses.add(422)  # the form that lacks a word
    journey = ListJourney(visit, WORDS[language], ask, has_scripts=has_scripts)

    journey.logs_in()
    journey.makes_a_list()
    journey.uploads(doors)
    journey.reads_what_is_wrong()
    journey.imports_and_activates()

    assert journey.found == {}
    listed = ask(
        lambda: list(ContactList.objects.values_list("state", "doors__number").order_by("doors__number"))
    )
    assert listed == [("active", 12), ("active", 14)]
