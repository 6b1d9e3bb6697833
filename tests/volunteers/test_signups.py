"""Signing up: the last seat, the waiting list, changes, check-in (cases 40 and 41)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from supporters.models import OutgoingMessage, User
from tests import people
from tests.volunteers.contacting import NOON, RIDING, team, volunteer
from tests.volunteers.gatherings import LATER, course, event, shift, signup, state_of
from tests.volunteers.test_memberships import together
from volunteers.enums import Channel, EventKind, SignupState
from volunteers.models import Certificate, Event, ShiftSignup
from volunteers.services.attendance import Mark, check_in, say_attended, walk_in
from volunteers.services.event_ends import cancel_event, cancel_shift
from volunteers.services.events import ShiftTimes, change_event, change_shift
from volunteers.services.signups import (
    NotMember,
    ShiftGone,
    Who,
    cancel_signup,
    confirm_signup,
    sign_up,
)

pytestmark = pytest.mark.django_db
OVER = LATER + timedelta(hours=3)


def mails(kind: str = "shift_signup") -> list[tuple[str, Any]]:
    rows = OutgoingMessage.objects.filter(kind=f"volunteers/{kind}").order_by("pk")
    return [(row.to, row.context["state"]) for row in rows]


def test_seats_go_first_come_and_the_next_waits() -> None:
    of = shift(capacity=1)

    first, second = signup(of), signup(of, "wanda@example.org")
    again = signup(of)

    assert (first.state, second.state, again.pk) == ("registered", "waitlisted", first.pk)
    assert mails() == [("bruno@example.org", "registered"), ("wanda@example.org", "waitlisted")]


def test_who_waits_longest_moves_up_when_somebody_cancels() -> None:
    of = shift(capacity=1)
    first = signup(of)
    second = signup(of, "wanda@example.org", now=NOON + timedelta(minutes=1))
    third = signup(of, "xeno@example.org", now=NOON + timedelta(minutes=2))

    assert [cancel_signup(signup=first, now=NOON) for _ in range(2)] == [True, False]

    assert [state_of(row) for row in (first, second, third)] == ["cancelled", "registered", "waitlisted"]
    assert mails()[-1] == ("wanda@example.org", "registered")


def test_signing_up_again_after_cancelling_goes_to_the_end() -> None:
    of = shift(capacity=1)
    first, second = signup(of), signup(of, "wanda@example.org")
    cancel_signup(signup=first, now=NOON)

    again = signup(of, now=NOON + timedelta(hours=1))

    assert (again.pk, again.state, state_of(second)) == (first.pk, "waitlisted", "registered")


def test_only_members_and_leaders_sign_up() -> None:
    of = shift(event(team()))
    stranger, chantal = volunteer("stranger@example.org"), people.chantal(RIDING)

    with pytest.raises(NotMember):
        sign_up(shift=of, who=Who(stranger), now=NOON)
    assert sign_up(shift=of, who=Who(chantal), now=NOON).state == SignupState.REGISTERED


@pytest.mark.parametrize("moment", [LATER, LATER + timedelta(hours=1)])
def test_nobody_signs_up_for_what_has_begun(moment: Any) -> None:
    of = shift()

    with pytest.raises(ShiftGone):
        signup(of, now=moment)


def test_nobody_signs_up_for_what_is_cancelled() -> None:
    of = shift()
    cancel_shift(shift=of, now=NOON)

    with pytest.raises(ShiftGone):
        signup(of)


def test_confirming_is_said_once_and_not_after_cancelling() -> None:
    row = signup(shift())

    assert [confirm_signup(signup=row, now=NOON) for _ in range(2)] == [True, False]
    cancel_signup(signup=row, now=NOON)
    assert confirm_signup(signup=row, now=NOON) is False
    assert state_of(row) == "cancelled"


def test_another_time_is_told_at_once_and_more_seats_are_filled() -> None:
    of = shift(capacity=1)
    row, waiting = signup(of), signup(of, "wanda@example.org")
    times = ShiftTimes(LATER + timedelta(days=1), LATER + timedelta(days=1, hours=2), 2)

    change_shift(shift=of, times=times, now=NOON)
    change_shift(shift=of, times=times, now=NOON)

    assert mails("shift_change") == [("bruno@example.org", "registered"), ("wanda@example.org", "waitlisted")]
    assert (state_of(row), state_of(waiting)) == ("registered", "registered")


def test_fewer_seats_take_nobodys_away() -> None:
    of = shift(capacity=2)
    rows = [signup(of), signup(of, "wanda@example.org")]

    change_shift(shift=of, times=ShiftTimes(of.starts_at, of.ends_at, 1), now=NOON)

    assert [state_of(row) for row in rows] == ["registered", "registered"]
    assert mails("shift_change") == []


def test_another_place_is_told_and_another_word_is_not() -> None:
    of = event()
    signup(shift(of))
    from volunteers.services.events import EventDetails

    said = {name: getattr(of, name) for name in EventDetails.__dataclass_fields__}
    change_event(event=of, details=EventDetails(**{**said, "text_en": "Bring water"}), now=NOON)
    assert mails("shift_change") == []

    change_event(event=of, details=EventDetails(**{**said, "address": "2 Main St"}), now=NOON)

    assert mails("shift_change") == [("bruno@example.org", "registered")]
    assert Event.objects.get().address == "2 Main St"


def test_calling_an_event_off_tells_who_comes_and_spares_what_has_begun() -> None:
    of = event()
    past, ahead = shift(of, starts_at=NOON - timedelta(hours=1)), shift(of)
    row = signup(ahead)

    assert [cancel_event(event=of, now=NOON) for _ in range(2)] == [True, False]

    past.refresh_from_db()
    ahead.refresh_from_db()
    assert (past.cancelled_at, ahead.cancelled_at, ahead.sequence) == (None, NOON, 1)
    mail = OutgoingMessage.objects.get(kind="volunteers/shift_change")
    assert (mail.to, mail.context["is_cancelled"], state_of(row)) == ("bruno@example.org", True, "registered")


def test_checking_in_counts_the_hours_of_the_shift_unless_told_otherwise() -> None:
    captain = people.chantal(RIDING)
    row = signup(shift(event(captain.memberships.get().team)))

    assert check_in(signup=row, mark=Mark(was_there=True), by=captain, now=OVER)
    row.refresh_from_db()
    assert (row.state, row.hours, row.checked_in_by) == ("attended", Decimal("2.00"), captain)

    check_in(signup=row, mark=Mark(was_there=True, hours=Decimal("1.5")), by=captain, now=OVER)
    row.refresh_from_db()
    assert row.hours == Decimal("1.50")

    check_in(signup=row, mark=Mark(was_there=False), by=captain, now=OVER)
    missed = ShiftSignup.objects.get()
    assert (missed.state, missed.hours) == ("missed", None)


def test_a_member_who_just_comes_is_checked_in_and_a_stranger_is_not() -> None:
    captain = people.chantal(RIDING)
    of = shift(event(captain.memberships.get().team), capacity=1)
    signup(of)
    came = volunteer("wanda@example.org", of=of.event.team)

    row = walk_in(shift=of, user=came, by=captain, now=OVER)

    assert (row.state, row.is_walk_in, row.hours) == ("attended", True, Decimal("2.00"))
    with pytest.raises(NotMember):
        walk_in(shift=of, user=volunteer("stranger@example.org"), by=captain, now=OVER)


def test_what_a_captain_noted_stands_against_what_the_person_says() -> None:
    captain = people.chantal(RIDING)
    of = shift(event(captain.memberships.get().team))
    told, noted = signup(of), signup(of, "wanda@example.org")
    check_in(signup=noted, mark=Mark(was_there=False), by=captain, now=OVER)

    early = say_attended(signup=told, was_there=True, now=NOON)
    answers = [say_attended(signup=row, was_there=True, now=OVER) for row in (told, noted)]

    assert (early, answers) == (False, [True, False])
    assert (state_of(told), state_of(noted)) == ("attended", "missed")


def test_being_checked_in_at_a_training_is_the_certificate() -> None:
    captain = people.chantal(RIDING)
    taught = course(Channel.DOOR)
    of = event(captain.memberships.get().team, kind=EventKind.TRAINING, certifies=Channel.DOOR)
    there, missed = signup(shift(of)), signup(of.shifts.get(), "wanda@example.org")

    check_in(signup=there, mark=Mark(was_there=True), by=captain, now=OVER)
    check_in(signup=missed, mark=Mark(was_there=False), by=captain, now=OVER)

    assert list(Certificate.objects.values_list("user_id", "course_id")) == [(there.user_id, taught.pk)]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_the_last_seat_and_the_other_waits() -> None:
    of = shift(capacity=1)
    users = [volunteer(f"v{number}@example.org", of=of.event.team) for number in range(4)]

    def click(user: User) -> Any:
        return lambda: sign_up(shift=of, who=Who(user), now=NOON)

    together(*[click(user) for user in users])

    states = ShiftSignup.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["registered", "waitlisted", "waitlisted", "waitlisted"]


@pytest.mark.django_db(transaction=True)
def test_cancelling_and_signing_up_at_once_leave_no_seat_empty() -> None:
    of = shift(capacity=1)
    held = signup(of)
    others = [volunteer(f"v{number}@example.org", of=of.event.team) for number in range(2)]

    together(
        lambda: cancel_signup(signup=held, now=NOON),
        *[lambda user=user: sign_up(shift=of, who=Who(user), now=NOON) for user in others],
    )

    states = ShiftSignup.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["cancelled", "registered", "waitlisted"]
