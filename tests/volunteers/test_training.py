"""Courses: the quiz, versions, certificates and what ends with them (case 11)."""

from datetime import timedelta
from typing import Any

import pytest

from supporters.models import User
from tests import people
from tests.volunteers.contacting import NOON, RIDING, team, volunteer
from tests.volunteers.gatherings import course, event, shift, signup
from tests.volunteers.test_memberships import together
from volunteers.enums import Channel
from volunteers.importers.first_courses import install_courses
from volunteers.models import Certificate, Course, QuizAnswer
from volunteers.queries.training import holds_certificate, right_answers
from volunteers.services.handing_over import NotCaptain, hand_over
from volunteers.services.signups import NotMember
from volunteers.services.teams import open_team
from volunteers.services.training import (
    QuizIncomplete,
    begin_version,
    grant_certificate,
    publish_course,
    revoke_certificate,
    take_quiz,
)

pytestmark = pytest.mark.django_db


def test_wrong_answers_cost_nothing_and_right_ones_give_one_certificate() -> None:
    of, user = course(), volunteer()
    right = right_answers(of)
    first, _second = right

    failed = take_quiz(user=user, course=of, chosen={first: right[first]}, now=NOON)
    passed = [take_quiz(user=user, course=of, chosen=right, now=NOON) for _ in range(2)]

    assert (len(failed.wrong), failed.certificate) == (1, None)
    assert {result.certificate for result in passed} == {Certificate.objects.get()}
    assert (holds_certificate(user, Channel.DOOR), holds_certificate(user, Channel.PHONE)) == (True, True)


def test_a_new_version_is_a_copy_that_ends_old_certificates_only_if_it_says_so() -> None:
    of, user = course(), volunteer()
    grant_certificate(user=user, course=of, now=NOON)
    draft = begin_version(course=of, now=NOON)
    assert (begin_version(course=of, now=NOON), draft.version) == (draft, 2)
    assert [len(answers) for answers in right_answers(draft).values()] == [1, 2]

    publish_course(course=draft, now=NOON)
    assert holds_certificate(user, Channel.DOOR)

    strict = begin_version(course=draft, now=NOON)
    Course.objects.filter(pk=strict.pk).update(holds_since=3)
    assert [publish_course(course=strict, now=NOON) for _ in range(2)] == [True, False]
    assert not holds_certificate(user, Channel.DOOR)


def test_a_course_whose_quiz_nobody_can_pass_is_not_published() -> None:
    draft = begin_version(course=course(), now=NOON)
    QuizAnswer.objects.filter(question__course=draft).update(is_right=False)

    with pytest.raises(QuizIncomplete):
        publish_course(course=draft, now=NOON)
    assert Course.objects.get(pk=draft.pk).published_at is None


def test_revoking_a_certificate_ends_what_its_holder_has_out(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []

    def listen(*, user: User, channel: Channel, now: Any) -> None:
        heard.append((user, channel, now))

    monkeypatch.setattr("volunteers.services.training.functions_of", lambda slot: [listen])
    user, edith = volunteer(), people.edith()
    certificate = grant_certificate(user=user, course=course(), now=NOON)

    revoked = [
        revoke_certificate(certificate=certificate, reason="Argued", by=edith, now=NOON) for _ in range(2)
    ]

    assert (revoked, heard) == ([True, False], [(user, Channel.DOOR, NOON)])
    assert not holds_certificate(user, Channel.DOOR)
    assert grant_certificate(user=user, course=certificate.course, now=NOON).pk != certificate.pk


def test_the_first_courses_are_set_up_once_and_can_be_passed() -> None:
    assert [install_courses() for _ in range(2)] == ["Courses set up.", "Courses were there."]

    courses = list(Course.objects.order_by("channel"))
    assert [(one.channel, one.version, one.quiz.count()) for one in courses] == [
        ("door", 1, 6),
        ("phone", 1, 5),
    ]
    user = volunteer()
    for one in courses:
        assert take_quiz(user=user, course=one, chosen=right_answers(one), now=NOON).certificate


@pytest.mark.django_db(transaction=True)
def test_a_quiz_sent_twice_at_once_gives_one_certificate() -> None:
    of, user = course(), volunteer()
    right = right_answers(of)

    together(*[lambda: take_quiz(user=user, course=of, chosen=right, now=NOON)] * 3)

    assert Certificate.objects.count() == 1


def test_a_captain_hands_over_role_events_and_what_waits() -> None:
    chantal = people.chantal(RIDING)
    of = open_team(riding_number=RIDING, now=NOON)
    heir = volunteer("heir@example.org", of=of)
    hosted, others = event(of, host=chantal), event(of, host=heir)

    hand_over(team=of, from_user=chantal, to_user=heir, now=NOON)

    live = list(heir.riding_roles.filter(ended_at__isnull=True).values_list("role", "riding_number"))
    assert (live, chantal.riding_roles.filter(ended_at__isnull=True).count()) == ([("captain", RIDING)], 0)
    hosted.refresh_from_db()
    others.refresh_from_db()
    assert (hosted.host, others.host) == (heir, heir)
    assert chantal.memberships.get().ended_at is None
    with pytest.raises(NotCaptain):
        hand_over(team=of, from_user=chantal, to_user=heir, now=NOON + timedelta(days=1))


def test_a_team_is_handed_to_members_alone_and_by_its_own_captain() -> None:
    chantal, dev = people.chantal(RIDING), people.dev()
    of = open_team(riding_number=RIDING, now=NOON)
    heir = volunteer("heir@example.org", of=of)

    with pytest.raises(NotMember):
        hand_over(team=of, from_user=chantal, to_user=volunteer("stranger@example.org"), now=NOON)
    with pytest.raises(NotCaptain):
        hand_over(team=of, from_user=dev, to_user=heir, now=NOON)
    assert chantal.riding_roles.filter(ended_at__isnull=True).count() == 1


def test_the_phone_team_is_handed_over_as_well() -> None:
    nora = people.nora()
    of = open_team(riding_number=None, now=NOON)
    heir = volunteer("heir@example.org", of=of)
    assert signup(shift(event(of)), "heir@example.org").state == "registered"

    hand_over(team=of, from_user=nora, to_user=heir, now=NOON)

    assert list(heir.riding_roles.values_list("role", "riding_number")) == [("phone", None)]
    assert team(59003).memberships.count() == 0
