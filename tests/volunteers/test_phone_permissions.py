"""Every page of the phone team and of results, as everybody in turn."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from supporters.models import ExportLog, User
from tests import people
from tests.volunteers import calling, contacting
from tests.volunteers.contacting import OTHER_RIDING, RIDING
from volunteers.enums import Channel
from volunteers.models import Attempt, ContactList, HelpRequest, Lease, Membership, TrainerDuty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

CAST = {
    "nobody": lambda: None,
    "bruno": lambda: User.objects.get(email="bruno@example.org"),  # holds the call
    "ben": lambda: User.objects.get(email="ben@example.org"),  # of the phone team too
    "mia": lambda: contacting.volunteer("mia@example.org", of=contacting.team(OTHER_RIDING)),
    "lou": lambda: User.objects.get(email="lou@example.org"),  # of the team of riding A
    "chantal": people.chantal,
    "dev": people.dev,
    "nora": people.nora,
    "edith": people.edith,
}
EVERYBODY = set(CAST) - {"nobody"}
PAGES = {
    "start": ("phone:start", EVERYBODY, None),
    "next": ("phone:next", EVERYBODY, {}),
    "help": ("phone:help", EVERYBODY, {"message": "x"}),
    "leaderboard": ("phone:leaderboard", EVERYBODY, {"show": "1"}),
    "call": ("phone:call", {"bruno"}, None),
    "dial": ("phone:dial", {"bruno"}, {}),
    "outcome": ("phone:outcome", {"bruno"}, {"outcome": "busy", "client_id": str(uuid4())}),
    "skip": ("phone:skip", {"bruno"}, {}),
    "board": ("phone:board", {"nora"}, None),
    "board-now": ("phone:board-now", {"nora"}, None),
    "duty": ("phone:duty", {"nora"}, {"reach": "Room 2"}),
    "steer-list": ("phone:steer-list", {"nora"}, {"state": "paused"}),
    "help-request": ("phone:help-request", {"nora"}, {"take": "1"}),
    "suspend": ("phone:suspend", {"nora"}, {}),
    "results": ("results:team", {"lou", "chantal"}, None),
    "results-me": ("results:leaderboard", {"lou", "chantal"}, {"show": "1"}),
    "export": ("results:export", {"chantal"}, {}),
}


@pytest.fixture
def place() -> dict[str, list[object]]:
    """A call under way, a request for help, a riding's team; return what stands in which address."""
    bruno = calling.caller()
    calling.caller("ben@example.org")
    contacting.volunteer("lou@example.org", of=contacting.team())
    listed = calling.phone_list()
    contacting.contact(listed)
    offer = calling.claim(bruno)
    asked = HelpRequest.objects.create(caller=bruno, asked_at=contacting.NOON)
    by_name: dict[str, list[object]] = {
        **{page: [offer.lease_id] for page in ("call", "dial", "outcome", "skip")},
        **{page: [RIDING] for page in ("results", "results-me", "export")},
    }
    return by_name | {"steer-list": [listed.pk], "help-request": [asked.pk], "suspend": [bruno.pk]}


def state() -> list[object]:
    models = (Attempt, Lease, ContactList, HelpRequest, Membership, TrainerDuty, ExportLog)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("page", PAGES)
def test_matrix(place: dict[str, list[object]], who: str, page: str) -> None:
    name, allowed, typed = PAGES[page]
    client, user = Client(), CAST[who]()
    if user is not None:
        client.force_login(user)
    path, before = reverse(name, args=place.get(page, [])), state()

    answer = client.get(path) if typed is None else client.post(path, typed)

    if who in allowed:
        assert answer.status_code in {200, 303}
        assert answer["Cache-Control"] == "private, no-store"
        return
    assert (answer.status_code, state()) == (302 if who == "nobody" else 404, before)


@pytest.mark.parametrize("page", [page for page, (_name, _who, typed) in PAGES.items() if typed is not None])
def test_forms_need_a_token_and_change_nothing_by_reading(place: dict[str, list[object]], page: str) -> None:
    name, allowed, typed = PAGES[page]
    client = Client(enforce_csrf_checks=True)
    user = CAST[min(allowed)]()
    assert user
    client.force_login(user)
    path, before = reverse(name, args=place.get(page, [])), state()

    answers = [client.post(path, typed).status_code, client.get(path).status_code]

    assert (answers, state()) == ([403, 200 if page == "suspend" else 405], before)


def test_the_file_of_results_is_of_the_own_riding_and_without_people() -> None:
    team = contacting.team()
    doors = contacting.contact_list(Channel.DOOR)
    contacting.attempt(
        Channel.DOOR, team=team, door=contacting.door(doors, number=7), note="Private", by=None
    )
    voter = contacting.contact(contacting.contact_list(), name="Ann Lee")
    contacting.attempt(contact=voter, outcome="no_answer")
    contacting.attempt(riding_number=OTHER_RIDING, outcome="busy")
    client = Client()
    client.force_login(people.chantal())

    answer = client.post(reverse("results:export", args=[RIDING]))

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines == [
        "when (UTC),way,door,outcome,won over,pledge,answers",
        "2026-11-25 19:00,by phone,,no answer,,,",
        "2026-11-25 19:00,at the door,7 Main St,talked,,,",
    ]
    log = ExportLog.objects.get()
    assert (log.what, log.choice, log.row_count) == ("volunteers.results", str(RIDING), 2)
