"""Printed sheets are keyed in once; failure cases 36 and 37."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit import clock
from tests import people
from tests.volunteers.contacting import volunteer
from tests.volunteers.walking import doors_of, walk
from volunteers.enums import Outcome
from volunteers.models import Attempt, Door, WalkSheet, WalkSheetLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(ridings: None) -> WalkSheet:
    """A sheet of three doors, printed yesterday for Bruno."""
    yesterday = clock.now() - timedelta(days=1)
    checkout = walk(since=yesterday)
    made = WalkSheet.objects.create(
        code="K7Q4M2", checkout=checkout, printed_at=yesterday, expires_at=yesterday + timedelta(days=7)
    )
    for number, door in enumerate(doors_of(checkout), start=1):
        WalkSheetLine.objects.create(sheet=made, line_number=number, door=door)
    return made


@pytest.fixture
def bruno(client: Client, sheet: WalkSheet) -> Client:
    client.force_login(sheet.checkout.holder)
    return client


PATH = "/volunteer/doors/sheets/K7Q4M2/"


def key(client: Client, *lines: str, **extra: str) -> Any:
    """Key in outcomes of the lines from the first on."""
    given = {f"line-{number}": outcome for number, outcome in enumerate(lines, start=1)}
    return client.post(PATH, {"visited_on": str(clock.now().date()), **given, **extra})


def outcomes() -> list[tuple[int, str]]:
    return list(Attempt.objects.order_by("pk").values_list("door__number", "outcome"))


def test_a_sheet_is_found_by_its_code_however_it_is_typed(bruno: Client) -> None:
    for typed in ("K7Q4M2", "k7q-4m2", " k7 q4 m2 "):
        answer = bruno.post(reverse("doors:sheets"), {"code": typed})
        assert (answer.status_code, answer["Location"]) == (303, PATH)
    for typed in ("", "K7Q4M3", "?" * 40):
        assert bruno.post(reverse("doors:sheets"), {"code": typed}).status_code == 422


def test_lines_are_recorded_as_visits_of_whoever_carried_the_sheet(client: Client, sheet: WalkSheet) -> None:
    client.force_login(people.chantal())
    answer = key(client, "answered", "", "not_home")
    assert (answer.status_code, answer["Location"]) == (303, f"{PATH}?new=2&same=0&replaced=0&refused=0")
    assert outcomes() == [(1, "answered"), (3, "not_home")]
    assert set(Attempt.objects.values_list("by", "checkout")) == {
        (sheet.checkout.holder_id, sheet.checkout_id)
    }
    assert list(Door.objects.order_by("number").values_list("last_outcome", flat=True)) == [
        "answered",
        "",
        "not_home",
    ]


def test_a_sheet_keyed_in_twice_is_there_once(bruno: Client, sheet: WalkSheet) -> None:
    key(bruno, "answered", "refused")
    chantal = Client()
    chantal.force_login(people.chantal())
    answer = key(chantal, "answered", "refused", "not_home")
    assert answer["Location"] == f"{PATH}?new=1&same=2&replaced=0&refused=0"
    assert outcomes() == [(1, "answered"), (2, "refused"), (3, "not_home")]


def test_another_outcome_shows_the_first_and_is_kept_only_when_confirmed(bruno: Client) -> None:
    key(bruno, "answered")
    answer = key(bruno, "moved", "not_home")
    assert answer.status_code == 409
    assert "Keyed in before: talked" in answer.content.decode()
    assert outcomes() == [(1, "answered")]

    confirmed = {"replace-1": "on"}
    assert (
        key(bruno, "moved", "not_home", **confirmed)["Location"]
        == f"{PATH}?new=1&same=0&replaced=1&refused=0"
    )
    assert (
        key(bruno, "answered", "not_home", **confirmed)["Location"]
        == f"{PATH}?new=0&same=1&replaced=1&refused=0"
    )

    assert outcomes() == [(1, "answered"), (2, "not_home"), (1, "moved"), (1, "answered")]
    assert Door.objects.get(number=1).last_outcome == Outcome.ANSWERED


def test_a_door_that_refused_after_printing_is_marked_and_the_sheet_is_to_be_printed_anew(
    bruno: Client,
) -> None:
    Door.objects.filter(number=2).update(suppressed_at=clock.now())
    page = bruno.get(PATH).content.decode()
    assert (page.count("Do not contact."), "out of date" in page) == (1, True)
    key(bruno, "", "not_home")
    door = Door.objects.get(number=2)
    assert (outcomes(), door.suppressed_at is not None) == ([(2, "not_home")], True)


def test_a_refusal_on_paper_holds_at_once(bruno: Client) -> None:
    key(bruno, "dnc")
    assert Door.objects.get(number=1).suppressed_at is not None


@pytest.mark.parametrize(
    ("lines", "extra"),
    [
        (["danced"], {}),
        ([""], {}),
        (["moved"], {"visited_on": "2099-01-01"}),
        (["moved"], {"visited_on": "x"}),
    ],
)
def test_what_is_keyed_in_wrongly_is_said_and_nothing_is_kept(
    bruno: Client, lines: list[str], extra: dict[str, str]
) -> None:
    assert (key(bruno, *lines, **extra).status_code, outcomes()) == (422, [])


@pytest.mark.parametrize("who", ["eve", "dev"])
def test_a_sheet_of_somebody_else_does_not_exist(client: Client, sheet: WalkSheet, who: str) -> None:
    other = people.dev() if who == "dev" else volunteer("eve@example.org", of=sheet.checkout.turf.team)
    client.force_login(other)
    assert client.get(PATH).status_code == 404
    assert key(client, "answered").status_code == 404
    assert client.post(reverse("doors:sheets"), {"code": "K7Q4M2"}).status_code == 422


def test_a_leader_without_a_second_factor_is_asked_for_it_and_whoever_carried_the_sheet_is_not(
    client: Client, sheet: WalkSheet, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(people.chantal())
    assert client.get(PATH).status_code == 302
    client.force_login(sheet.checkout.holder)
    assert client.get(PATH).status_code == 200
