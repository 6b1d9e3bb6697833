"""Organizers' tools for teams, events, courses and certificates."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from supporters.enums import RidingRoleKind
from tests import people
from tests.volunteers.contacting import NOON, RIDING, team, volunteer
from tests.volunteers.gatherings import course, event, shift
from volunteers.enums import Channel, JoinMode, MembershipState
from volunteers.models import Certificate, Course, Event, Membership, Team
from volunteers.services.memberships import Wish, join_team
from volunteers.services.training import begin_version, grant_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def edith(client: Client) -> Client:
    client.force_login(people.edith())
    return client


def act(client: Client, model: str, action: str, *pks: int) -> Any:
    path = reverse(f"admin:volunteers_{model}_changelist")
    return client.post(path, {"action": action, "_selected_action": list(pks)})


PAGES = ["team", "membership", "event", "shiftsignup", "course", "quizquestion", "certificate"]


@pytest.mark.parametrize("model", PAGES)
def test_organizers_see_every_list_and_volunteers_none(edith: Client, model: str) -> None:
    shift(event(team()))
    grant_certificate(user=volunteer(), course=course(), now=NOON)
    path = reverse(f"admin:volunteers_{model}_changelist")
    chantal = Client()
    chantal.force_login(people.chantal(RIDING))

    assert edith.get(path).status_code == 200
    assert chantal.get(path).status_code == 302


def test_teams_that_nobody_leads_are_pointed_out_and_found(edith: Client) -> None:
    people.chantal(RIDING)
    alone = team(59003)
    path = reverse("admin:volunteers_team_changelist")

    page, found = edith.get(path), edith.get(path, {"leader": "none"})

    assert "1 team has nobody who leads it" in page.content.decode()
    assert [row.pk for row in found.context["cl"].result_list] == [alone.pk]


def test_people_are_let_in_declined_removed_and_made_captain_by_actions(edith: Client) -> None:
    of = team(join_mode=JoinMode.APPROVAL)
    rows = [
        join_team(team=of, user=volunteer(f"{name}@example.org"), wish=Wish("en"), now=NOON) for name in "abc"
    ]

    act(edith, "membership", "approve", rows[0].pk, rows[1].pk)
    act(edith, "membership", "decline", rows[2].pk)
    act(edith, "membership", "make_captain", rows[0].pk, rows[2].pk)
    act(edith, "membership", "remove", rows[0].pk, rows[1].pk)

    states = [(row.state, row.end_reason) for row in Membership.objects.order_by("pk")]
    assert states == [("active", ""), ("ended", "removed"), ("ended", "declined")]
    assert [row.user_id for row in Membership.objects.filter(user__riding_roles__role="captain")] == [
        rows[0].user_id
    ]


def test_a_team_is_closed_and_an_event_called_off(edith: Client) -> None:
    of = team()
    volunteer(of=of)
    row = event(of)

    act(edith, "event", "call_off", row.pk)
    act(edith, "team", "close", of.pk)

    row.refresh_from_db()
    assert row.cancelled_at is not None
    assert (Team.objects.get().closed_at is not None, Membership.objects.get().state) == (
        True,
        MembershipState.ENDED,
    )


def test_only_a_draft_of_a_course_is_written_and_its_quiz_must_be_passable(edith: Client) -> None:
    live = course()
    act(edith, "course", "begin", live.pk)
    draft = Course.objects.get(version=2)
    typed = {
        "holds_since": 2, "title_en": "New", "title_fr": "Neuf", "body_en": "x", "body_fr": "y",
        "quiz-TOTAL_FORMS": 0, "quiz-INITIAL_FORMS": 0,
    }  # fmt: skip

    codes = [
        edith.post(reverse("admin:volunteers_course_change", args=[row.pk]), typed).status_code
        for row in (live, draft)
    ]
    assert codes == [403, 302]

    act(edith, "course", "publish", draft.pk)
    for row in (draft, live):
        row.refresh_from_db()
    assert (draft.published_at is not None, draft.title_en, live.title_en) == (True, "New", "Doors")


def test_a_quiz_without_a_right_answer_is_not_put_in_force(edith: Client) -> None:
    draft = begin_version(course=course(), now=NOON)
    draft.quiz.all()[0].answers.update(is_right=False)

    answer = act(edith, "course", "publish", draft.pk)

    draft.refresh_from_db()
    assert (answer.status_code, draft.published_at) == (302, None)


def test_a_certificate_is_revoked_once(edith: Client) -> None:
    certificate = grant_certificate(user=volunteer(), course=course(Channel.PHONE), now=NOON)

    for _ in range(2):
        act(edith, "certificate", "revoke", certificate.pk)

    row = Certificate.objects.get()
    assert (row.revoked_at is not None, row.revoked_by.email if row.revoked_by else "") == (
        True,
        "edith@example.org",
    )
    assert Event.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_teams_are_listed_with_who_leads_them_at_the_same_cost(
    edith: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        people.holder(f"captain{number}@example.org", RidingRoleKind.CAPTAIN, 35001 + number)
    people.nora()
    path = reverse("admin:volunteers_team_changelist")
    edith.get(path)

    with django_assert_num_queries(5):
        page = edith.get(path).content.decode()

    led = [f"captain{number}@example.org" for number in range(count)]
    assert [email for email in (*led, "nora@example.org") if email not in page] == []
