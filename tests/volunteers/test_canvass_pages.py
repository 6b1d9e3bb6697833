"""Pages of turfs: who comes in, what each shows and does."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from supporters.models import User
from tests import people
from tests.volunteers.contacting import (
    NOON,
    OTHER_RIDING,
    RIDING,
    contact_list,
    door,
    team,
    turf,
    volunteer,
)
from volunteers.canvass_urls import urlpatterns
from volunteers.enums import Channel, Outcome
from volunteers.models import Door, Turf, TurfCheckout, WalkSheet, WalkSheetLine
from volunteers.services.checkouts import Giving, check_out_turf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ottawa")]

LEADERS_ONLY = {
    "overview",
    "list",
    "map",
    "cut",
    "draw",
    "merge",
    "turf",
    "describe",
    "outline",
    "delete",
    "give",
    "reclaim",
}
OF_HOLDER = {"return", "print", "sheet"}
CODE = "ABCDEFGH"
SQUARE = [[-75.71, 45.39], [-75.69, 45.39], [-75.69, 45.41], [-75.71, 45.41], [-75.71, 45.39]]


class Place:
    """A team with a list of twelve doors, nine of them in a turf that Bruno holds, and somebody else beside."""

    def __init__(self) -> None:
        self.team = team()
        team(OTHER_RIDING)
        self.list = contact_list(Channel.DOOR)
        self.doors = [door(self.list, number) for number in range(1, 13)]
        self.turf = turf(self.list, self.team, *self.doors[:9], name="1 · Main St")
        self.bruno = volunteer(of=self.team)
        self.eve = volunteer("eve@example.org", of=self.team)
        giving = Giving(self.bruno, people.chantal(RIDING), 14)
        # Far ahead, so that the day is not over when the test runs.
        self.checkout = check_out_turf(turf_id=self.turf.pk, giving=giving, now=NOON)
        TurfCheckout.objects.update(due_at=NOON.replace(year=2090))

    def path(self, name: str, number: int = RIDING) -> str:
        of: dict[str, Any] = {
            "list": self.list,
            "map": self.list,
            "cut": self.list,
            "draw": self.list,
            "merge": self.list,
        }
        of |= dict.fromkeys(("return", "reclaim", "print"), self.checkout)
        if name in {"overview", "turfs"}:
            return reverse(f"canvass:{name}", args=[number])
        if name == "sheet":
            return reverse("canvass:sheet", args=[number, CODE])
        return reverse(f"canvass:{name}", args=[number, of.get(name, self.turf).pk])


@pytest.fixture
def place() -> Place:
    return Place()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def chantal(place: Place) -> Client:
    return client_of(people.chantal(RIDING))


def state() -> list[Any]:
    models: list[Any] = [Turf, Door, TurfCheckout, WalkSheet]
    return [list(model.objects.order_by("pk").values()) for model in models]


def sheet(place: Place) -> None:
    made = WalkSheet.objects.create(
        code=CODE, checkout=place.checkout, printed_at=NOON, expires_at=NOON.replace(year=2090)
    )
    WalkSheetLine.objects.bulk_create(
        WalkSheetLine(sheet=made, line_number=line, door=one) for line, one in enumerate(place.doors[:9], 1)
    )


@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns])
def test_to_others_there_is_no_such_page(place: Place, name: str) -> None:
    sheet(place)
    strangers = [
        people.dev(OTHER_RIDING),
        volunteer("nobody@example.org"),
        people.nora(),
        people.lena(RIDING),
    ]
    before = state()

    answers = [
        getattr(client_of(user), verb)(place.path(name)).status_code
        for user in strangers
        for verb in ("get", "post")
    ]
    through_own = client_of(people.dev(OTHER_RIDING)).post(place.path(name, OTHER_RIDING)).status_code
    anonymous = Client().get(place.path(name))

    assert (set(answers), state()) == ({404}, before)
    assert through_own == 404 or name in {"overview", "turfs"}
    assert anonymous["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", sorted(LEADERS_ONLY | OF_HOLDER))
def test_a_member_sees_only_what_they_hold(place: Place, name: str) -> None:
    sheet(place)
    before = state()

    eve = client_of(place.eve)

    assert {eve.get(place.path(name)).status_code, eve.post(place.path(name)).status_code} == {404}
    assert state() == before
    holder = client_of(place.bruno).get(place.path(name)).status_code
    assert holder == (404 if name in LEADERS_ONLY else {"return": 303}.get(name, 200))


@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns])
def test_leaders_read_everything_and_no_cache_keeps_it(place: Place, chantal: Client, name: str) -> None:
    sheet(place)
    before = state()

    answer = chantal.get(place.path(name))

    expected = {"merge": 303, "describe": 303, "give": 303, "reclaim": 303, "take": 303, "return": 404}
    assert (answer.status_code, state()) == (expected.get(name, 200), before)
    assert name == "return" or answer["Cache-Control"] == "private, no-store"


def test_a_captain_cuts_what_the_preview_shows(place: Place, chantal: Client) -> None:
    shown = chantal.get(place.path("cut"), {"size": "5"})
    plan = shown.context["plan"]

    typed = {"size": plan.size, "fingerprint": plan.fingerprint, "is_open": "on"}
    answers = [chantal.post(place.path("cut"), typed).status_code for _time in range(2)]

    made = Turf.objects.exclude(pk=place.turf.pk).get()
    assert (answers, made.name, made.is_open, made.doors.count()) == ([303, 303], "2 · Main St", True, 3)


@pytest.mark.parametrize("size", ["", "x", "0", "401", "9" * 400])
def test_a_size_that_nobody_walks_keeps_what_was_typed(place: Place, chantal: Client, size: str) -> None:
    answer = chantal.get(place.path("cut"), {"size": size})

    assert (answer.status_code, answer.context["plan"]) == (422, None)
    assert f'value="{size}"' in answer.content.decode()


def test_what_changed_since_the_preview_is_shown_anew(place: Place, chantal: Client) -> None:
    answer = chantal.post(place.path("cut"), {"size": "5", "fingerprint": "old"})

    assert (answer.status_code, Turf.objects.count()) == (422, 1)
    assert answer.context["plan"].door_count == 3


def test_a_drawn_turf_takes_the_free_doors(place: Place, chantal: Client) -> None:
    outline = json.dumps({"type": "Polygon", "coordinates": [SQUARE]})

    answer = chantal.post(place.path("draw"), {"name": "", "outline": outline})

    made = Turf.objects.exclude(pk=place.turf.pk).get()
    assert (answer.status_code, made.doors.count(), made.is_drawn) == (303, 3, True)
    page = chantal.get(answer["Location"]).content.decode()
    assert "9 doors in this outline are also in 1 · Main St, and stay there." in page


@pytest.mark.parametrize(
    "outline", ["", "x" * 60_000, "\x00", '{"type": "Polygon", "coordinates": [[[1, 2]]]}']
)
def test_a_garbled_outline_is_refused_and_the_name_kept(place: Place, chantal: Client, outline: str) -> None:
    answer = chantal.post(place.path("draw"), {"name": "Mine", "outline": outline})

    assert (answer.status_code, Turf.objects.count()) == (422, 1)
    assert 'value="Mine"' in answer.content.decode()


def test_the_map_holds_points_and_statuses_but_no_address(place: Place, chantal: Client) -> None:
    Door.objects.filter(number=1).update(last_outcome=Outcome.ANSWERED)

    known = chantal.get(place.path("map")).json()

    assert [row[2:] for row in known["doors"][:2]] == [[known["statuses"].index("talked"), 0], [0, 0]]
    assert (known["doors"][11][3], known["turfs"][0]["name"], "Main St" in json.dumps(known["doors"])) == (
        -1,
        "1 · Main St",
        False,
    )


def test_a_captain_hands_a_turf_over_and_takes_it_back(place: Place, chantal: Client) -> None:
    typed = {"holder": place.eve.pk, "days": "7", "checkout": place.checkout.pk}

    given = chantal.post(place.path("give"), typed)
    live = TurfCheckout.objects.get(ended_at=None)
    taken = chantal.post(reverse("canvass:reclaim", args=[RIDING, live.pk]))

    assert (given.status_code, live.holder, taken.status_code) == (303, place.eve, 303)
    assert list(TurfCheckout.objects.order_by("pk").values_list("end_reason", flat=True)) == ["reclaimed"] * 2


@pytest.mark.parametrize(
    "typed", [{}, {"holder": "x", "days": "7"}, {"holder": "0", "days": "7"}, {"days": "99"}]
)
def test_giving_to_nobody_is_refused(place: Place, chantal: Client, typed: dict[str, str]) -> None:
    before = state()

    assert (chantal.post(place.path("give"), typed).status_code, state()) == (422, before)


def test_members_take_open_turfs_and_bring_them_back(place: Place) -> None:
    Turf.objects.update(is_open=True)
    bruno, eve = client_of(place.bruno), client_of(place.eve)

    refused = eve.post(place.path("take"))
    back = bruno.post(place.path("return"))
    taken = eve.post(place.path("take"))

    assert (refused.status_code, back.status_code, taken.status_code) == (409, 303, 303)
    assert TurfCheckout.objects.get(ended_at=None).holder == place.eve


def test_a_sheet_is_printed_once_for_its_code_without_closed_doors(place: Place) -> None:
    Door.objects.filter(number=2).update(suppressed_at=NOON)
    bruno = client_of(place.bruno)

    answers = [bruno.post(place.path("print"), {"code": CODE}) for _time in range(2)]

    assert [answer["Location"] for answer in answers] == [place.path("sheet")] * 2
    lines = WalkSheetLine.objects.order_by("line_number").values_list("line_number", "door__number")
    assert list(lines) == [(line, number) for line, number in enumerate([1, 3, 4, 5, 6, 7, 8, 9], start=1)]
    page = bruno.get(place.path("sheet")).content.decode()
    assert page.count('class="segno"') == 1
    assert CODE in page


def test_who_refused_after_printing_is_struck_from_the_sheet(place: Place) -> None:
    sheet(place)
    Door.objects.filter(number=3).update(suppressed_at=NOON)

    answer = client_of(place.bruno).get(place.path("sheet"))

    assert answer.context["page"].struck_count == 1
    assert answer.content.decode().count("Do not go there.") == 1


def test_an_old_sheet_shows_no_door(place: Place) -> None:
    sheet(place)
    WalkSheet.objects.update(printed_at=NOON.replace(year=2020), expires_at=NOON.replace(year=2021))

    page = client_of(place.bruno).get(place.path("sheet"))

    assert page.context["page"].is_expired
    assert "c-walk-sheet" not in page.content.decode()


@pytest.mark.parametrize("code", ["", "short", "ABCDEFG0", "abcdefgh"])
def test_a_code_that_we_never_make_prints_nothing(place: Place, code: str) -> None:
    answer = client_of(place.bruno).post(place.path("print"), {"code": code})

    assert (answer.status_code, WalkSheet.objects.count()) == (422, 0)


def test_the_french_pages_stand_under_fr(place: Place, chantal: Client) -> None:
    for name in ("overview", "list", "cut", "draw", "turf", "turfs", "delete"):
        assert '<html lang="fr"' in chantal.get("/fr" + place.path(name)).content.decode()
