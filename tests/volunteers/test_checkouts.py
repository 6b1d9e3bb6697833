"""Giving turfs out and getting them back: one holder at a time, trained members only, history stays."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from supporters.models import OutgoingMessage, User
from supporters.services import write_mail
from tests import people
from tests.volunteers.contacting import NOON, RIDING, contact_list, door, team, turf, volunteer
from volunteers.enums import Channel, EndOfCheckout, ListState, Outcome
from volunteers.models import Certificate, ContactList, Course, Door, Membership, Turf, TurfCheckout
from volunteers.services import checkouts
from volunteers.services.checkouts import Giving

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Turf:
    doors = contact_list(Channel.DOOR)
    return turf(doors, team(), *(door(doors, number) for number in range(1, 4)))


@pytest.fixture
def captain() -> User:
    return people.chantal(RIDING)


def bruno(made: Turf) -> User:
    return volunteer(of=made.team)


def give(made: Turf, holder: User, by: User | None = None, now: Any = NOON, days: int = 14) -> TurfCheckout:
    giving = Giving(holder, by or people.chantal(RIDING), days, takes=by is not None)
    return checkouts.check_out_turf(turf_id=made.pk, giving=giving, now=now)


def course() -> Course:
    return Course.objects.create(
        channel=Channel.DOOR, version=1, holds_since=1, title_en="D", title_fr="P", body_en="b", body_fr="c",
        created_at=NOON, published_at=NOON,
    )  # fmt: skip


def test_a_member_gets_the_turf_until_its_day_and_a_mail(made: Turf) -> None:
    given = give(made, bruno(made))

    assert (given.due_at, given.ended_at, given.end_reason) == (NOON + timedelta(days=14), None, "")
    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.to) == ("volunteers/turf_given", "bruno@example.org")


def test_given_twice_it_is_one_checkout(made: Turf) -> None:
    holder = bruno(made)

    assert give(made, holder).pk == give(made, holder).pk
    assert (TurfCheckout.objects.count(), OutgoingMessage.objects.count()) == (1, 1)


def test_nobody_gets_what_somebody_else_holds(made: Turf) -> None:
    give(made, bruno(made))

    with pytest.raises(checkouts.TurfTaken):
        give(made, volunteer("eve@example.org", of=made.team))


def test_who_is_no_member_or_no_longer_one_gets_none(made: Turf) -> None:
    holder = bruno(made)
    Membership.objects.filter(user=holder).update(state="ended", ended_at=NOON)

    for user in (volunteer("eve@example.org"), holder):
        with pytest.raises(checkouts.NotAMember):
            give(made, user)


def test_without_a_certificate_in_force_there_is_no_turf(made: Turf) -> None:
    holder, lesson = bruno(made), course()
    with pytest.raises(checkouts.NotCertified):
        give(made, holder)
    passed = Certificate.objects.create(user=holder, course=lesson, passed_at=NOON)
    given = give(made, holder)
    checkouts.return_turf(checkout_id=given.pk, now=NOON)
    Certificate.objects.filter(pk=passed.pk).update(revoked_at=NOON)

    with pytest.raises(checkouts.NotCertified):
        give(made, holder)


@pytest.mark.parametrize("state", [ListState.DRAFT, ListState.PAUSED, ListState.CLOSED])
def test_turfs_of_a_list_not_in_use_are_not_given_out(made: Turf, state: ListState) -> None:
    ContactList.objects.update(state=state)

    with pytest.raises(checkouts.ListNotInUse):
        give(made, bruno(made))


def test_members_take_open_turfs_alone(made: Turf) -> None:
    holder = bruno(made)
    with pytest.raises(checkouts.NotOpen):
        give(made, holder, by=holder)
    Turf.objects.update(is_open=True)

    assert give(made, holder, by=holder).given_by == holder
    assert OutgoingMessage.objects.count() == 0


def test_handed_over_done_doors_stay_done_and_history_stays(made: Turf, captain: User) -> None:
    first = give(made, bruno(made))
    Door.objects.filter(number=1).update(last_outcome=Outcome.ANSWERED)
    eve = volunteer("eve@example.org", of=made.team)

    second = checkouts.hand_over_turf(checkout_id=first.pk, giving=Giving(eve, captain, 7), now=NOON)
    again = checkouts.hand_over_turf(checkout_id=first.pk, giving=Giving(eve, captain, 7), now=NOON)

    assert (second.holder, again.pk) == (eve, second.pk)
    first.refresh_from_db()
    assert (first.end_reason, first.ended_at) == (EndOfCheckout.RECLAIMED, NOON)
    assert Door.objects.get(number=1).last_outcome == Outcome.ANSWERED


def test_a_turf_given_to_a_third_meanwhile_is_not_handed_over(made: Turf, captain: User) -> None:
    first = give(made, bruno(made))
    checkouts.return_turf(checkout_id=first.pk, now=NOON)
    give(made, volunteer("mo@example.org", of=made.team))
    eve = volunteer("eve@example.org", of=made.team)

    with pytest.raises(checkouts.TurfTaken):
        checkouts.hand_over_turf(checkout_id=first.pk, giving=Giving(eve, captain, 7), now=NOON)


@pytest.mark.parametrize(
    ("end", "reason"),
    [(checkouts.return_turf, EndOfCheckout.RETURNED), (checkouts.reclaim_turf, EndOfCheckout.RECLAIMED)],
)
def test_a_turf_comes_back_once(made: Turf, end: Any, reason: EndOfCheckout) -> None:
    given = give(made, bruno(made))
    later = NOON + timedelta(days=1)

    answers = [end(checkout_id=given.pk, now=now) for now in (later, later + timedelta(days=1))]

    given.refresh_from_db()
    assert (answers, given.ended_at, given.end_reason) == ([True, False], later, reason)


def test_who_leaves_holds_nothing_any_more_in_that_team(made: Turf) -> None:
    holder = bruno(made)
    far = team(59003)
    elsewhere = turf(contact_list(Channel.DOOR, riding_number=59003), far)
    Membership.objects.create(team=far, user=holder, state="active", asked_at=NOON, joined_at=NOON)
    give(made, holder)
    other = give(elsewhere, holder)

    ended = checkouts.end_checkouts_of(user=holder, reason=EndOfCheckout.REVOKED, now=NOON, team=made.team)
    rest = checkouts.end_checkouts_of(user=holder, reason=EndOfCheckout.REVOKED, now=NOON)

    other.refresh_from_db()
    assert (ended, rest, other.end_reason) == (1, 1, EndOfCheckout.REVOKED)


def test_holders_are_reminded_once_and_told_when_the_day_is_over(made: Turf) -> None:
    given = give(made, bruno(made))
    OutgoingMessage.objects.all().delete()
    day = timedelta(days=1)

    early, due = (checkouts.remind_holders(now=NOON + days * day) for days in (11, 12))
    checkouts.remind_holders(now=NOON + 13 * day)
    ended = [checkouts.expire_checkouts(now=NOON + days * day) for days in (13, 14, 15)]

    given.refresh_from_db()
    assert (early, due, ended) == (0, 1, [0, 1, 0])
    assert (given.end_reason, given.ended_at) == (EndOfCheckout.EXPIRED, NOON + 14 * day)
    kinds = OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["volunteers/turf_due", "volunteers/turf_expired"]


def test_who_brought_the_turf_back_is_not_reminded(made: Turf) -> None:
    given = give(made, bruno(made))
    checkouts.return_turf(checkout_id=given.pk, now=NOON)

    assert checkouts.remind_holders(now=NOON + timedelta(days=13)) == 0


@pytest.mark.parametrize("kind", ["turf_given", "turf_due", "turf_expired"])
@pytest.mark.parametrize(("language", "path"), [("en", "/volunteer/"), ("fr", "/fr/volunteer/")])
def test_mails_are_written_in_both_languages(made: Turf, kind: str, language: str, path: str) -> None:
    give(made, bruno(made))
    OutgoingMessage.objects.update(kind=f"volunteers/{kind}", language=language)

    mail = write_mail(OutgoingMessage.objects.get())

    assert made.name in mail.subject
    assert f"{path}doors/" in str(mail.body) or f"{path}canvass/" in str(mail.body)
    assert ("/fr/volunteer/" in str(mail.body)) == (language == "fr")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_turf_at_once_one_gets_it(made: Turf) -> None:
    Turf.objects.update(is_open=True)
    users, results = [volunteer(f"v{i}@example.org", of=made.team) for i in range(4)], []

    def run(user: User) -> None:
        try:
            checkouts.check_out_turf(turf_id=made.pk, giving=Giving(user, user, 14, takes=True), now=NOON)
            results.append("got it")
        except checkouts.TurfTaken:
            results.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(results), TurfCheckout.objects.count()) == (["got it", "taken", "taken", "taken"], 1)
