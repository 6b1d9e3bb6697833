"""A captain cuts a list, draws a turf, gives one out and prints it. Phone and desktop, EN and FR, with axe."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from supporters.models import OutgoingMessage, RidingRole, User
from tests import people
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.journey import let_in
from tests.browser.test_accessibility import report
from tests.volunteers.contacting import NOON, contact_list, door, team, volunteer
from volunteers.enums import Channel
from volunteers.models import Certificate, ContactList, Team, Turf, WalkSheet
from volunteers.queries.training import course_in_force

# Where the builders' doors lie: Ottawa Centre.
RIDING = 35079
BOTH = pytest.mark.parametrize(
    "visit", [{"viewport": PHONE}, {"viewport": DESKTOP}], indirect=True, ids=["phone", "desktop"]
)
WORDS = {
    "": ["Show the turfs", "Cut these turfs", "Make this turf", "Give it out", "Print a walk sheet"],
    "/fr": [
        "Montrer les secteurs",
        "Découper ces secteurs",
        "Créer ce secteur",
        "Confier",
        "Imprimer une feuille de route",
    ],
}


@pytest.fixture
def captain(visit: Visit, django_db_blocker: Any) -> Iterator[Visit]:
    """A browser of the captain of a team with a list of forty doors; all is gone afterwards."""
    with django_db_blocker.unblock():
        user = people.chantal(RIDING)
        Team.objects.filter(riding_number=RIDING).delete()
        made = team(RIDING)
        bruno = volunteer(of=made)
        doors = contact_list(Channel.DOOR, riding_number=RIDING)
        certify(bruno)
        for number in range(1, 41):
            door(doors, number)
        let_in(visit, user)
    yield visit
    with django_db_blocker.unblock():
        WalkSheet.objects.all().delete()
        ContactList.objects.all().delete()
        OutgoingMessage.objects.filter(kind__startswith="volunteers/").delete()
        RidingRole.objects.filter(user=user).delete()
        Team.objects.filter(pk=made.pk).delete()
        User.objects.filter(pk__in=[user.pk, bruno.pk]).delete()


def certify(user: User) -> None:
    """Let somebody go to doors."""
    course = course_in_force(Channel.DOOR)
    if course:
        Certificate.objects.create(user=user, course=course, passed_at=NOON)


def fine(page: Page, visit: Visit) -> None:
    assert report(page, visit) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def list_id(django_db_blocker: Any) -> int:
    with django_db_blocker.unblock():
        return ContactList.objects.get().pk


@BOTH
@pytest.mark.parametrize("prefix", ["", "/fr"], ids=["en", "fr"])
def test_a_captain_draws_cuts_gives_out_and_prints(
    captain: Visit, prefix: str, django_db_blocker: Any
) -> None:
    show, cut, make, give, print_it = WORDS[prefix]
    base = f"{prefix}/volunteer/canvass/{RIDING}/"
    path = f"{base}lists/{list_id(django_db_blocker)}/"

    page = captain.go(path + "draw/")
    expect(page.locator("[data-state=ready]")).to_be_visible()
    canvas = page.locator("[data-part=canvas]")
    box = canvas.bounding_box()
    assert box
    for across, down in ((0.15, 0.3), (0.5, 0.3), (0.5, 0.7), (0.15, 0.7)):
        canvas.click(position={"x": box["width"] * across + 1, "y": box["height"] * down})
    expect(page.get_by_role("status").last).to_contain_text("4")
    fine(page, captain)
    page.get_by_role("button", name=make).click()
    page.wait_for_url("**/turfs/*/")
    fine(page, captain)

    page = captain.go(path + "cut/")
    page.locator("#id_size").fill("10")
    page.get_by_role("button", name=show).click()
    fine(page, captain)
    page.get_by_role("button", name=cut).click()
    expect(page.locator("[data-state=ready]")).to_be_visible()
    fine(page, captain)
    fine(captain.go(base), captain)

    page = captain.go(f"{base}turfs/{only_turf(django_db_blocker)}/")
    page.locator("#id_holder").select_option(label="bruno")
    page.get_by_role("button", name=give).click()
    page.get_by_role("button", name=print_it).click()
    expect(page.locator(".c-walk-sheet")).to_be_visible()
    fine(page, captain)
    page.emulate_media(media="print")
    assert page.locator(".c-paper-screen").first.is_hidden()


def only_turf(django_db_blocker: Any) -> int:
    """The drawn one."""
    with django_db_blocker.unblock():
        return Turf.objects.get(is_drawn=True).pk
