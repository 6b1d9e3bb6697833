"""Thirty doors without a connection, a lost answer, two who contradict each other: nothing lost, nothing twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, expect

from coop4canada.kit import clock
from supporters.models import RidingRole, User
from tests import people
from tests.browser.cable import Cable
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.test_accessibility import report
from tests.volunteers.contacting import volunteer
from tests.volunteers.walking import walk
from volunteers.models import Attempt, ContactList, Suppression, Team, TurfCheckout

DOORS = 30
ON_PHONE = pytest.mark.parametrize(
    "visit", [{"viewport": PHONE, "has_touch": True}], indirect=True, ids=["phone"]
)


def log_in(context: BrowserContext, address: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


@pytest.fixture
def cable(visit: Visit) -> Iterator[Cable]:
    """The cable through which the visit reaches the site."""
    made = Cable(int(visit.address.rpartition(":")[2]))
    visit.address = f"http://127.0.0.1:{made.port}"
    yield made
    made.cut()


@pytest.fixture
def checkout(visit: Visit, cable: Cable, django_db_blocker: Any) -> Iterator[TurfCheckout]:
    """A turf of thirty doors, reached through the cable, in the hands of whoever is logged in; all is gone afterwards."""
    with django_db_blocker.unblock():
        made = walk(doors=DOORS, since=clock.now())
        log_in(visit.context, visit.address, made.holder)
    yield made
    with django_db_blocker.unblock():
        Attempt.objects.all().delete()
        Suppression.objects.all().delete()
        # Its script stays: what was published is never deleted.
        ContactList.objects.filter(pk=made.turf.contact_list_id).delete()
        Team.objects.filter(pk=made.turf.team_id).delete()
        RidingRole.objects.filter(user__email="chantal@example.org").delete()
        User.objects.filter(email__endswith="@example.org").delete()


def opened(visit: Visit, path: str) -> Page:
    """Open the page and wait until it opens without a connection too."""
    page = visit.go(path)
    expect(page.locator("[data-part=ready]")).not_to_be_empty()
    return page


def unplug(visit: Visit, cable: Cable) -> None:
    """Tell the browser that it is offline, and cut the cable: nothing reaches the server whatever the browser believes."""
    visit.context.set_offline(True)
    cable.cut()


def plug_in(visit: Visit, cable: Cable) -> None:
    cable.mend()
    visit.context.set_offline(False)


def recorded() -> list[tuple[int, str]]:
    return list(Attempt.objects.order_by("door__walk_position").values_list("door__number", "outcome"))


@ON_PHONE
def test_thirty_doors_recorded_offline_arrive_exactly_once(
    visit: Visit, cable: Cable, checkout: TurfCheckout, ask: Any
) -> None:
    page = opened(visit, f"/volunteer/doors/{checkout.pk}/")
    expect(page.locator("[data-part=ready]")).to_contain_text("Ready for no connection")
    unplug(visit, cable)
    for place in range(15):
        page.get_by_role("button", name="Nobody home").nth(place).tap()
    for place in range(15, DOORS):
        page.locator(".c-door-line a").nth(place).tap()
        page.get_by_label("yes", exact=True).check()
        page.get_by_role("button", name="Save the conversation").tap()
        expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("[data-part=unsent]")).to_have_text("30 records wait on this phone.")
    page.close()

    again = visit.context.new_page()
    again.goto(f"{visit.address}/volunteer/doors/{checkout.pk}/")
    expect(again.locator("[data-part=unsent]")).to_have_text("30 records wait on this phone.")
    expect(again.locator(".c-door").nth(20)).to_contain_text("talked")
    assert ask(recorded) == []

    plug_in(visit, cable)
    expect(again.locator("[data-part=unsent]")).to_have_text("Everything is sent.", timeout=20_000)
    expected = [(number, "not_home" if number <= 15 else "answered") for number in range(1, DOORS + 1)]
    assert ask(recorded) == expected
    again.reload()
    again.get_by_role("button", name="Send now").tap()
    expect(again.locator("[data-part=last]")).to_contain_text("Last sent at")
    assert ask(recorded) == expected


@ON_PHONE
def test_answers_that_get_lost_on_the_way_leave_nothing_twice(
    visit: Visit, checkout: TurfCheckout, ask: Any
) -> None:
    page = opened(visit, f"/volunteer/doors/{checkout.pk}/")
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        # The server has it; the phone never hears so.
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/sync/", lose_the_answer)
    for place in range(25):
        page.get_by_role("button", name="Nobody home").nth(place).tap()
    expect(page.locator("[data-part=state]")).to_contain_text("No connection")
    expect(page.locator("[data-part=unsent]")).to_have_text("25 records wait on this phone.")
    assert ask(Attempt.objects.count) > 0
    assert set(lost) == {200}

    # Answers still on their way are lost first: a page that is left takes its requests along.
    page.unroute_all(behavior="wait")
    page.reload()
    expect(page.locator("[data-part=unsent]")).to_have_text("Everything is sent.", timeout=20_000)
    assert ask(recorded) == [(number, "not_home") for number in range(1, 26)]


@ON_PHONE
def test_two_canvassers_who_heard_different_things_are_shown_and_settled(
    visit: Visit, cable: Cable, checkout: TurfCheckout, ask: Any
) -> None:
    page = opened(visit, f"/volunteer/doors/{checkout.pk}/")
    unplug(visit, cable)
    page.locator(".c-door-line a").first.tap()
    page.get_by_role("button", name="Save the conversation").tap()
    ask(lambda: hers(checkout, "refused"))
    plug_in(visit, cable)

    row = page.locator(".c-door").first
    expect(row).to_contain_text("two canvassers heard different things")
    expect(row).to_contain_text("did not want to talk (another canvasser")
    assert report(page, visit) == ""

    ask(lambda: log_in(visit.context, visit.address, people.chantal()))
    visit.go("/volunteer/doors/35075/review/")
    assert report(visit.page, visit) == ""
    visit.page.get_by_role("button", name="This holds: did not want to talk").tap()
    expect(visit.page.get_by_text("Nothing to settle.")).to_be_visible()
    assert ask(lambda: sorted(Attempt.objects.values_list("outcome", flat=True))) == [
        "answered",
        "refused",
        "refused",
    ]


def hers(checkout: TurfCheckout, outcome: str) -> None:
    """Record the first door as somebody else did."""
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    door = checkout.turf.doors.get(walk_position=1)
    Attempt.objects.create(
        client_id="00000000-0000-4000-8000-000000000001", channel="door", riding_number=35075, by=eve, door=door,
        team=checkout.turf.team, outcome=outcome, happened_at=clock.now(), received_at=clock.now(),
    )  # fmt: skip


BOTH = pytest.mark.parametrize(
    "visit", [{"viewport": PHONE}, {"viewport": DESKTOP}], indirect=True, ids=["phone", "desktop"]
)


@BOTH
@pytest.mark.parametrize(
    ("prefix", "save", "sent"),
    [
        ("", "Save the conversation", "Everything is sent."),
        ("/fr", "Conserver la conversation", "Tout est envoyé."),
    ],
    ids=["en", "fr"],
)
def test_a_door_is_recorded_by_keyboard(
    visit: Visit, checkout: TurfCheckout, ask: Any, prefix: str, save: str, sent: str
) -> None:
    page = opened(visit, f"{prefix}/volunteer/doors/{checkout.pk}/")
    assert report(page, visit) == ""
    page.locator(".c-door-line a").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert report(page, visit) == ""
    page.get_by_label("no", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=save).focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-part=unsent]")).to_have_text(sent)
    assert ask(recorded) == [(1, "answered")]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "visit", [{"viewport": PHONE, "java_script_enabled": False}], indirect=True, ids=["plain"]
)
def test_without_javascript_doors_are_recorded_one_by_one(
    visit: Visit, checkout: TurfCheckout, ask: Any
) -> None:
    page = visit.go(f"/volunteer/doors/{checkout.pk}/")
    page.get_by_role("button", name="Nobody home").first.click()
    page.locator(".c-door-line a").nth(1).click()
    page.get_by_label("yes", exact=True).check()
    page.get_by_role("button", name="Save the conversation").click()
    assert ask(recorded) == [(1, "not_home"), (2, "answered")]


@ON_PHONE
def test_nobody_logs_out_while_records_wait(visit: Visit, checkout: TurfCheckout, ask: Any) -> None:
    page = opened(visit, f"/volunteer/doors/{checkout.pk}/")
    page.route("**/sync/", lambda route: route.abort())
    page.get_by_role("button", name="Nobody home").first.tap()
    expect(page.locator("[data-part=unsent]")).to_have_text("1 record waits on this phone.")
    page.goto(f"{visit.address}/account/logout/")
    page.get_by_role("button", name="Log out").tap()
    expect(page.get_by_role("alert")).to_contain_text("1 records of doors are on this phone only")

    page.unroute("**/sync/")
    page.goto(f"{visit.address}/volunteer/doors/{checkout.pk}/")
    expect(page.locator("[data-part=unsent]")).to_have_text("Everything is sent.")
    page.goto(f"{visit.address}/account/logout/")
    page.get_by_role("button", name="Log out").tap()
    page.wait_for_url(f"{visit.address}/")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
    assert ask(recorded) == [(1, "not_home")]
