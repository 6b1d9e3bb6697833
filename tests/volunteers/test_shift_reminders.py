"""Reminders are queued once, and read the shift anew before they leave (cases 41 and 42)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from supporters.models import OutgoingMessage
from supporters.services.letters import write_mail
from tests import people
from tests.volunteers.contacting import RIDING, volunteer
from tests.volunteers.gatherings import event, shift, signup
from tests.volunteers.test_memberships import together
from volunteers.models import Membership, Shift, ShiftNotice, ShiftSignup
from volunteers.services.attendance import Mark, check_in
from volunteers.services.event_ends import cancel_shift
from volunteers.services.events import ShiftTimes, change_shift
from volunteers.services.memberships import Wish, join_team, leave_team
from volunteers.services.reminding import queue_shift_reminders
from volunteers.services.shift_mails import veto
from volunteers.services.signups import cancel_signup

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")
STARTS = datetime(2026, 11, 28, 18, tzinfo=TORONTO)
LONG_BEFORE = datetime(2026, 11, 20, 12, tzinfo=TORONTO)
EVE, DAY, AFTER = (
    datetime(2026, 11, 27, 11, tzinfo=TORONTO),
    datetime(2026, 11, 28, 8, tzinfo=TORONTO),
    datetime(2026, 11, 28, 21, tzinfo=TORONTO),
)


@pytest.fixture
def held() -> ShiftSignup:
    """Bruno is signed up for a shift on Saturday evening."""
    return signup(shift(starts_at=STARTS), now=LONG_BEFORE)


def reminders() -> list[tuple[str, str]]:
    rows = OutgoingMessage.objects.filter(kind__in=["volunteers/shift_reminder", "volunteers/shift_after"])
    return [(row.to, row.context["rung"]) for row in rows.order_by("pk")]


def test_each_rung_is_mailed_once_however_often_the_job_runs(held: ShiftSignup) -> None:
    moments = [LONG_BEFORE, EVE, EVE + timedelta(minutes=2), DAY, DAY, AFTER, AFTER + timedelta(hours=1)]

    counts = [queue_shift_reminders(now=moment) for moment in moments]

    assert counts == [0, 1, 0, 1, 0, 1, 0]
    assert [rung for _to, rung in reminders()] == ["eve", "day", "after"]


def test_newfoundland_is_reminded_by_its_own_clock() -> None:
    clock = ZoneInfo("America/St_Johns")
    signup(
        shift(event(zone="America/St_Johns"), starts_at=datetime(2026, 11, 28, 18, tzinfo=clock)),
        now=LONG_BEFORE,
    )
    eleven = datetime(2026, 11, 27, 11, tzinfo=clock)

    assert [queue_shift_reminders(now=eleven - timedelta(seconds=1)), queue_shift_reminders(now=eleven)] == [
        0,
        1,
    ]


def test_who_cancelled_or_waits_is_not_reminded() -> None:
    of = shift(starts_at=STARTS, capacity=1)
    gone, stays, _waits = (signup(of, f"{name}@example.org", now=LONG_BEFORE) for name in "abc")
    cancel_signup(signup=gone, now=LONG_BEFORE)

    queue_shift_reminders(now=EVE)

    assert reminders() == [(stays.user.email, "eve")]


def test_a_cancelled_shift_has_no_reminders_and_no_rows(held: ShiftSignup) -> None:
    cancel_shift(shift=held.shift, now=LONG_BEFORE)

    queued = [queue_shift_reminders(now=moment) for moment in (EVE, DAY, AFTER)]

    assert (queued, ShiftNotice.objects.count()) == ([0, 0, 0], 0)


def change_of(held: ShiftSignup, hours: int) -> None:
    later = STARTS + timedelta(hours=hours)
    change_shift(shift=held.shift, times=ShiftTimes(later, later + timedelta(hours=2), 2), now=EVE)


VETOES: dict[str, tuple[Callable[[ShiftSignup], Any], str]] = {
    "nothing happened": (lambda held: None, ""),
    "the shift was moved": (lambda held: change_of(held, 24), "the shift moved"),
    "the shift was cancelled": (lambda held: cancel_shift(shift=held.shift, now=EVE), "not coming"),
    "the person cancelled": (lambda held: cancel_signup(signup=held, now=EVE), "not coming"),
    "the person left": (
        lambda held: leave_team(team=held.shift.event.team, user=held.user, now=EVE),
        "not coming",
    ),
    "the row is gone": (lambda held: ShiftSignup.objects.all().delete(), "not coming"),
}


@pytest.mark.parametrize("name", VETOES)
def test_a_queued_reminder_is_judged_anew_right_before_it_leaves(held: ShiftSignup, name: str) -> None:
    queue_shift_reminders(now=EVE)
    message = OutgoingMessage.objects.get(kind="volunteers/shift_reminder")
    happen, reason = VETOES[name]

    happen(held)

    assert veto(message=message, now=EVE + timedelta(minutes=5)) == reason


def test_a_reminder_that_waited_too_long_stays(held: ShiftSignup) -> None:
    queue_shift_reminders(now=EVE)
    message = OutgoingMessage.objects.get(kind="volunteers/shift_reminder")

    assert veto(message=message, now=DAY) == "too late"


def test_other_mails_are_none_of_our_business(held: ShiftSignup) -> None:
    cancel_signup(signup=held, now=EVE)

    assert veto(message=OutgoingMessage.objects.get(kind="volunteers/shift_signup"), now=AFTER) == ""


def test_a_moved_shift_is_reminded_of_anew(held: ShiftSignup) -> None:
    queue_shift_reminders(now=EVE)
    change_of(held, 24)

    counts = [
        queue_shift_reminders(now=EVE + timedelta(hours=1)),
        queue_shift_reminders(now=EVE + timedelta(days=1)),
    ]

    assert (counts, ShiftNotice.objects.count()) == ([0, 1], 2)


def test_thanks_go_to_who_was_there_without_the_question_and_not_to_who_missed() -> None:
    captain = people.chantal(RIDING)
    of = shift(event(captain.memberships.get().team), starts_at=STARTS, capacity=3)
    there, missed, unsaid = (signup(of, f"{name}@example.org", now=LONG_BEFORE) for name in "abc")
    check_in(signup=there, mark=Mark(was_there=True), by=captain, now=AFTER)
    check_in(signup=missed, mark=Mark(was_there=False), by=captain, now=AFTER)

    queue_shift_reminders(now=AFTER)

    mails = OutgoingMessage.objects.filter(kind="volunteers/shift_after").order_by("pk")
    assert [(mail.to, mail.context["state"]) for mail in mails] == [
        (there.user.email, "attended"),
        (unsaid.user.email, "registered"),
    ]
    texts = [write_mail(mail).body for mail in mails]
    assert ["Were you there?" in text for text in texts] == [False, True]


def test_a_french_reminder_speaks_of_the_shift_by_its_own_clock() -> None:
    of = shift(event(title_fr="Porte-à-porte"), starts_at=STARTS)
    user = volunteer()
    join_team(team=of.event.team, user=user, wish=Wish("fr"), now=LONG_BEFORE)
    row = signup(of, now=LONG_BEFORE)
    ShiftSignup.objects.filter(pk=row.pk).update(language="fr")

    queue_shift_reminders(now=EVE)

    mail = write_mail(OutgoingMessage.objects.get(kind="volunteers/shift_reminder"))
    assert "Porte-à-porte" in mail.subject
    assert "samedi 28 novembre 2026, 18:00 – 20:00" in mail.body
    assert reverse("teams:signup-link", args=["x"]).removesuffix("x/") in mail.body
    assert "/fr/volunteer/sign-up/" in mail.body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_queue_one_mail() -> None:
    signup(shift(starts_at=STARTS), now=LONG_BEFORE)

    counts = together(*[lambda: queue_shift_reminders(now=EVE)] * 3)

    assert (sorted(counts), len(reminders())) == ([0, 0, 1], 1)
    assert (Shift.objects.count(), Membership.objects.count()) == (1, 1)
