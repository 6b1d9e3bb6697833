"""Role × page × action: whoever is not meant to changes nothing and is not told what is there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit.clock import now
from supporters.enums import RidingRoleKind
from supporters.models import RidingRole, User
from tests import people
from tests.volunteers import build
from tests.volunteers.visitors import state_of_everything, visitor
from volunteers.enums import CandidacyState
from volunteers.models import Candidacy, Chapter, Interview

pytestmark = [pytest.mark.django_db]

LEAD, BOTH = {"lena"}, {"lena", "igor"}


def former_lead() -> User:
    """Make somebody who led this chapter until a moment ago."""
    user = people.holder("former@example.org", RidingRoleKind.CHAPTER_LEAD, build.RIDING)
    RidingRole.objects.filter(user=user).update(ended_at=now())
    return user


CAST: dict[str, Callable[[], User | None]] = {
    "lena": lambda: people.lena(build.RIDING),
    "igor": lambda: people.igor(build.RIDING),
    "chantal": lambda: people.chantal(build.RIDING),
    "maude": lambda: people.maude(build.OTHER),
    "former lead": former_lead,
    "bruno": people.bruno,
    "edith": people.edith,
    "nobody": lambda: None,
}
TEXT = {"name": "N", "reason_en": "Because.", "held_on": "2025-11-20", "language": "en"}
PAGES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "work": (BOTH, {}),
    "describe": (LEAD, {"name": "Renamed"}),
    "task": (LEAD, {"note": "done"}),
    "interviewers": (LEAD, {**TEXT, "email": "new@example.org"}),
    "end-interviewer": (LEAD, {}),
    "questions": (LEAD, {"choice": "own", "name": "Mine", "english": "Why?"}),
    "add-candidate": (LEAD, {"name": "Zed", "party": "LPC"}),
    "candidate": (BOTH, {}),
    "decide": (LEAD, {**TEXT, "state": "assessed"}),
    "stance": (
        LEAD,
        {
            **TEXT,
            "topic": "reform",
            "value": "no",
            "source": "S",
            "source_url": "https://x.org/",
            "as_of": "2025-11-20",
        },
    ),
    "interview": (BOTH, {**TEXT, "form_key": str(uuid4()), "stance_reform": "yes"}),
    "draft": (BOTH, {**TEXT, "place": "changed"}),
    "publish": (LEAD, {}),
}


@dataclass
class Place:
    """A chapter with a candidate, a draft and an interviewer."""

    candidacy: Candidacy
    draft: Interview
    role: RidingRole

    def path(self, name: str, number: int = build.RIDING) -> str:
        rest: dict[str, list[Any]] = {
            "task": ["grow"], "end-interviewer": [self.role.pk], "candidate": [self.candidacy.pk],
            "decide": [self.candidacy.pk], "stance": [self.candidacy.pk], "interview": [self.candidacy.pk],
            "draft": [self.draft.pk], "publish": [self.draft.pk],
        }  # fmt: skip
        return reverse(f"chapters:{name}", args=[number, *rest.get(name, [])])


@pytest.fixture
def place(ridings: None) -> Place:
    build.chapter()
    build.chapter(build.OTHER)
    candidacy = build.candidate()
    draft = build.interview(candidacy, is_published=False)
    held = people.holder("ivan@example.org", RidingRoleKind.INTERVIEWER, build.RIDING)
    return Place(candidacy, draft, RidingRole.objects.get(user=held))


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("name", PAGES)
def test_matrix(place: Place, who: str, name: str) -> None:
    allowed, typed = PAGES[name]
    client, path = visitor(CAST[who]), place.path(name)
    before = state_of_everything()

    read, written = client.get(path), client.post(path, typed)

    after = state_of_everything()
    if who in allowed:
        assert read.status_code in ({303} if name == "decide" else {200})
        assert written.status_code in ({200} if name in {"work", "candidate"} else {303})
        assert (before != after) == (name not in {"work", "candidate"})
        return
    denied = 302 if who == "nobody" else 404
    assert ([read.status_code, written.status_code], after) == ([denied, denied], before)
    if who == "nobody":
        assert read["Location"] == f"/account/login/?next={path}"


@pytest.mark.parametrize("name", [name for name in PAGES if name in {
    "end-interviewer", "candidate", "decide", "stance", "interview", "draft", "publish",
}])  # fmt: skip
def test_rows_of_one_riding_are_not_reached_through_another(place: Place, name: str) -> None:
    client = visitor(CAST["maude"])
    before = state_of_everything()

    answers = [
        client.get(place.path(name, build.OTHER)),
        client.post(place.path(name, build.OTHER), PAGES[name][1]),
    ]

    assert ([answer.status_code for answer in answers], state_of_everything()) == ([404, 404], before)


def test_an_interviewer_is_shown_no_button_that_is_not_theirs(place: Place) -> None:
    igor, lena = visitor(CAST["igor"]), visitor(CAST["lena"])
    for name in ("work", "candidate", "draft"):
        mine, theirs = (client.get(place.path(name)).content.decode() for client in (igor, lena))
        for closed in ("add-candidate", "decide", "stance", "publish", "interviewers"):
            assert f'"{place.path(closed)}"' not in mine
        assert mine != theirs or name == "draft"
    assert place.path("decide") in visitor_page(lena, place.path("candidate"))
    assert "ivan@example.org" not in visitor_page(igor, place.path("work"))


def visitor_page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_workspace_is_kept_by_no_cache_and_its_forms_need_a_token(place: Place) -> None:
    lena = people.lena(build.RIDING)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lena)
    before = state_of_everything()

    pages = [strict.get(place.path(name)) for name in PAGES if name != "decide"]
    refused = [strict.post(place.path(name), typed).status_code for name, (_who, typed) in PAGES.items()]

    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}
    assert (set(refused), state_of_everything()) == ({403}, before)


def test_a_lead_can_end_and_invite_only_interviewers_of_the_own_riding(place: Place) -> None:
    lena = visitor(CAST["lena"])
    captain = RidingRole.objects.get(user=people.chantal(build.RIDING))
    elsewhere = RidingRole.objects.get(user=people.igor(build.OTHER))

    answers = [
        lena.post(reverse("chapters:end-interviewer", args=[build.RIDING, role.pk]))
        for role in (captain, elsewhere)
    ]
    lena.post(place.path("interviewers"), {**TEXT, "email": "new@example.org", "role": "captain"})

    assert [answer.status_code for answer in answers] == [404, 404]
    assert RidingRole.objects.filter(ended_at__isnull=False).count() == 0
    granted = RidingRole.objects.get(user__email="new@example.org")
    assert (granted.role, granted.riding_number, granted.granted_by) == (
        "interviewer", build.RIDING, User.objects.get(email="lena@example.org"),
    )  # fmt: skip


def test_a_closed_chapter_has_no_workspace(place: Place) -> None:
    build.moved(place.candidacy, CandidacyState.ASSESSED)
    Chapter.objects.update(closed_at=now())
    lena = visitor(CAST["lena"])  # naming a lead anew begins a chapter anew, so close that too
    Chapter.objects.update(closed_at=now())

    answers = [lena.get(place.path(name)).status_code for name in PAGES]

    assert set(answers) == {404}
