"""Role × page: whoever is not meant to changes nothing and is not told what is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit.clock import now
from supporters.models import RidingRole, User
from tests import people
from tests.volunteers.contacting import OTHER_RIDING, RIDING, team, volunteer
from tests.volunteers.gatherings import event, shift
from tests.volunteers.visitors import state_of_everything, visitor
from volunteers.enums import JoinMode, MembershipState, Visibility
from volunteers.models import Event, Membership, Shift, Team
from volunteers.services.signups import Who, sign_up
from volunteers.services.teams import open_team

pytestmark = [pytest.mark.django_db]

LEADERS = {"chantal", "oscar"}
MEMBERS = {*LEADERS, "mira"}
EVERYBODY = {*MEMBERS, "bruno", "dev", "nora", "former captain"}


def mira() -> User:
    """Make a member of riding A's team, which somebody leads."""
    people.oscar(RIDING)
    return volunteer("mira@example.org", of=open_team(riding_number=RIDING, now=now()))


def former_captain() -> User:
    """Make somebody who led this team until a moment ago, and left it."""
    user = people.holder("former@example.org", "captain", RIDING)  # type: ignore[arg-type]
    RidingRole.objects.filter(user=user).update(ended_at=now())
    Membership.objects.filter(user=user).delete()
    return user


CAST: dict[str, Callable[[], User | None]] = {
    "chantal": lambda: people.chantal(RIDING),
    "oscar": lambda: people.oscar(RIDING),
    "mira": mira,
    "dev": lambda: people.dev(OTHER_RIDING),
    "nora": people.nora,
    "former captain": former_captain,
    "bruno": people.bruno,
    "edith": people.edith,
    "nobody": lambda: None,
}
EVENT = {"kind": "meeting", "visibility": "public", "title_en": "New", "zone": "America/Toronto"}
SHIFT = {"day": f"{now() + timedelta(days=9):%Y-%m-%d}", "begins": "18:00", "ends": "20:00", "capacity": "5"}
# {page: (who may, what is sent, whether that writes something)}
PAGES: dict[str, tuple[set[str], dict[str, Any], bool]] = {
    "inside": (MEMBERS, {}, False),
    "write": (MEMBERS, {"text": "Hello"}, True),
    "lead": (LEADERS, {}, False),
    "decide": (LEADERS, {"approve": "1"}, True),
    "remove": (LEADERS, {}, True),
    "appoint": ({"oscar"}, {}, True),
    "invite": (LEADERS, {"name": "Zed", "email": "zed@example.org", "language": "en"}, True),
    "settings": (LEADERS, {"join_mode": "approval", "welcome_en": "Hi"}, True),
    "hand-over": ({"chantal"}, {}, True),
    "events": (LEADERS, {}, False),
    "new-event": (LEADERS, EVENT, True),
    "event": (LEADERS, {}, False),
    "edit-event": (LEADERS, EVENT, True),
    "cancel-event": (LEADERS, {}, True),
    "new-shift": (LEADERS, SHIFT, True),
    "edit-shift": (LEADERS, SHIFT, True),
    "cancel-shift": (LEADERS, {}, True),
    "people": (LEADERS, {}, True),
}
POST_ONLY = {"decide"}


@dataclass
class Place:
    """A team with a member, somebody who asks, an event, a shift and a sign-up."""

    team: Team
    member: Membership
    asked: Membership
    event: Event
    shift: Shift

    def path(self, name: str, number: int | None = RIDING) -> str:
        rest: dict[str, list[Any]] = {
            "decide": [self.asked.pk], "remove": [self.member.pk], "appoint": [self.member.pk],
            "event": [self.event.pk], "edit-event": [self.event.pk], "cancel-event": [self.event.pk],
            "new-shift": [self.event.pk], "edit-shift": [self.shift.pk], "cancel-shift": [self.shift.pk],
            "people": [self.shift.pk],
        }  # fmt: skip
        return reverse(f"teams:{name}", args=[number, *rest.get(name, [])])

    def typed(self, name: str) -> dict[str, Any]:
        if name == "hand-over":
            return {"member": self.member.pk}
        if name == "people":
            return {"signup": self.shift.signups.get().pk, "there": "yes"}
        return PAGES[name][1]


@pytest.fixture
def place() -> Place:
    of, _other = team(), team(OTHER_RIDING)
    user = volunteer("held@example.org", of=of)
    asks = volunteer("asks@example.org")
    asked = Membership.objects.create(team=of, user=asks, state=MembershipState.ASKED, asked_at=now())
    made = event(of)
    held = shift(made, starts_at=now() + timedelta(days=3))
    sign_up(shift=held, who=Who(user), now=now())
    return Place(of, user.memberships.get(), asked, made, held)


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("name", PAGES)
def test_matrix(place: Place, who: str, name: str) -> None:
    allowed, _typed, writes = PAGES[name]
    client, path, typed = visitor(CAST[who]), place.path(name), place.typed(name)
    before = state_of_everything()

    read, written = client.get(path), client.post(path, typed)

    after = state_of_everything()
    if who in allowed:
        assert read.status_code == (303 if name in POST_ONLY else 200)
        assert written.status_code == (200 if name == "write" or not writes else 303)
        assert (before != after) is writes
        return
    denied = 302 if who == "nobody" else 404
    assert ([read.status_code, written.status_code], after) == ([denied, denied], before)
    if who == "nobody":
        assert read["Location"] == f"/account/login/?next={path}"


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name][2]])
def test_rows_of_one_team_are_not_reached_through_another(place: Place, name: str) -> None:
    client = visitor(CAST["dev"])
    before = state_of_everything()

    answers = [
        client.get(place.path(name, OTHER_RIDING)),
        client.post(place.path(name, OTHER_RIDING), place.typed(name)),
    ]

    if name in {"write", "invite", "settings", "new-event"}:
        assert {answer.status_code for answer in answers} <= {200, 303}
        return
    if name == "hand-over":
        assert answers[1].status_code == 422
        assert state_of_everything() == before
        return
    assert ([answer.status_code for answer in answers], state_of_everything()) == ([404, 404], before)


def test_phone_captains_lead_the_phone_team_alone(place: Place) -> None:
    nora, chantal = visitor(CAST["nora"]), visitor(CAST["chantal"])

    codes = [client.get(reverse("teams:lead", args=[None])).status_code for client in (nora, chantal)]

    assert codes == [200, 404]
    assert nora.get(reverse("teams:appoint", args=[None, place.member.pk])).status_code == 404


def test_private_pages_are_kept_by_no_cache_and_their_forms_need_a_token(place: Place) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.oscar(RIDING))
    before = state_of_everything()
    names = [name for name in PAGES if "oscar" in PAGES[name][0]]

    pages = [strict.get(place.path(name)) for name in names if name not in POST_ONLY]
    refused = {strict.post(place.path(name), place.typed(name)).status_code for name in names}

    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}
    assert (refused, state_of_everything()) == ({403}, before)


def test_who_leads_gives_a_second_factor_first_and_strangers_learn_nothing(
    place: Place, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    oscar, dev, mira = visitor(CAST["oscar"]), visitor(CAST["dev"]), visitor(CAST["mira"])
    names = [name for name in PAGES if "oscar" in PAGES[name][0] and name not in {"inside", "write"}]

    answers = [oscar.get(place.path(name)) for name in names]

    assert {answer.status_code for answer in answers} == {302}
    assert all("/account/second-factor/" in answer["Location"] for answer in answers)
    assert {dev.get(place.path(name)).status_code for name in names} == {404}
    assert mira.get(place.path("inside")).status_code == 200


def test_members_see_no_other_members(place: Place) -> None:
    client = visitor(CAST["mira"])

    pages = [client.get(place.path(name)).content.decode() for name in ("inside", "write")]
    pages.append(client.get(reverse("teams:shift", args=[place.shift.pk])).content.decode())

    assert not any("held@example.org" in page or "asks@example.org" in page for page in pages)


@pytest.mark.parametrize(
    ("who", "code"), [("mira", 200), ("chantal", 200), ("bruno", 404), ("dev", 404), ("nobody", 302)]
)
def test_a_members_shift_is_shown_to_members_alone(place: Place, who: str, code: int) -> None:
    client = visitor(CAST[who])
    before = state_of_everything()

    assert client.get(reverse("teams:shift", args=[place.shift.pk])).status_code == code
    answer = client.post(reverse("teams:shift", args=[place.shift.pk]))

    assert (answer.status_code == 303) is (code == 200)
    assert (state_of_everything() != before) is (code == 200)


def test_a_public_shift_is_joined_and_signed_up_for_with_one_button(place: Place) -> None:
    Event.objects.update(visibility=Visibility.PUBLIC)
    client = visitor(CAST["bruno"])

    codes = [client.post(reverse("teams:shift", args=[place.shift.pk])).status_code for _ in range(2)]

    row = place.shift.signups.get(user__email="bruno@example.org")
    assert (codes, row.state, Membership.objects.get(user=row.user).state) == (
        [303, 303],
        "registered",
        "active",
    )


def test_where_a_captain_lets_people_in_the_button_asks(place: Place) -> None:
    Event.objects.update(visibility=Visibility.PUBLIC)
    Team.objects.update(join_mode=JoinMode.APPROVAL)
    client = visitor(CAST["bruno"])

    client.post(reverse("teams:shift", args=[place.shift.pk]))

    assert Membership.objects.get(user__email="bruno@example.org").state == "asked"
    assert place.shift.signups.count() == 1


def test_a_removed_member_sees_nothing_of_the_team_from_the_next_click(place: Place) -> None:
    client = visitor(CAST["mira"])
    assert client.get(place.path("inside")).status_code == 200
    Membership.objects.filter(user__email="mira@example.org").update(state="ended", ended_at=now())

    assert client.get(place.path("inside")).status_code == 404
