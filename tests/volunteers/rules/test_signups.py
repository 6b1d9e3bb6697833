"""States of a sign-up, seats, hours; the quiz; calendar files."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from volunteers.enums import SignupState
from volunteers.rules.event_calendar import Appointment, write_appointments
from volunteers.rules.quiz import wrong_questions
from volunteers.rules.signups import hours_between, may_move, state_for_new

NOON = datetime(2026, 11, 28, 23, tzinfo=UTC)
ALLOWED = {
    "registered": {"confirmed", "cancelled", "attended", "missed"},
    "waitlisted": {"registered", "cancelled", "attended"},
    "confirmed": {"cancelled", "attended", "missed"},
    "cancelled": {"registered", "waitlisted", "attended"},
    "attended": {"missed"},
    "missed": {"attended"},
}


@pytest.mark.parametrize("before", SignupState)
@pytest.mark.parametrize("after", SignupState)
def test_every_move_is_allowed_or_not(before: SignupState, after: SignupState) -> None:
    assert may_move(before, after) is (after.value in ALLOWED[before.value])


@pytest.mark.parametrize(
    ("states", "capacity", "expected"),
    [
        ([], 1, "registered"),
        (["registered"], 1, "waitlisted"),
        (["cancelled", "waitlisted"], 1, "registered"),
        (["confirmed", "attended"], 3, "registered"),
        (["confirmed", "attended", "missed"], 3, "waitlisted"),
    ],
)
def test_who_cancelled_or_waits_holds_no_seat(states: list[str], capacity: int, expected: str) -> None:
    assert state_for_new(map(SignupState, states), capacity=capacity) == expected


@pytest.mark.parametrize(
    ("minutes", "hours"), [(120, "2.00"), (100, "1.75"), (97, "1.50"), (98, "1.75"), (3, "0.25")]
)
def test_hours_count_by_the_quarter(minutes: int, hours: str) -> None:
    assert hours_between(NOON, NOON + timedelta(minutes=minutes)) == Decimal(hours)


def test_a_quiz_wants_every_right_answer_and_no_other() -> None:
    right = {1: {10}, 2: {20, 21}, 3: {30}}

    assert wrong_questions(right, {1: [10], 2: [21, 20], 3: [30]}) == ()
    assert wrong_questions(right, {1: [10, 11], 2: [20], 4: [40]}) == (1, 2, 3)


def test_a_shift_is_written_as_calendar_programs_read_it() -> None:
    one = Appointment(
        uid="shift-1-2@example.org", sequence=7, changed_at=NOON, starts_at=NOON, ends_at=NOON + timedelta(hours=2),
        summary="Canvass; north, side", place="Library, 1 Main St", description="Line\nother",
        url="https://example.org/volunteer/shifts/1/", is_cancelled=True, is_tentative=False,
    )  # fmt: skip

    assert write_appointments([one], name="Mine").split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coop4canada//Volunteering//EN", "METHOD:PUBLISH",
        "X-WR-CALNAME:Mine", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "BEGIN:VEVENT",
        "UID:shift-1-2@example.org", "SEQUENCE:7", "DTSTAMP:20261128T230000Z",
        "LAST-MODIFIED:20261128T230000Z", "DTSTART:20261128T230000Z", "DTEND:20261129T010000Z",
        r"SUMMARY:Canvass\; north\, side", r"LOCATION:Library\, 1 Main St", r"DESCRIPTION:Line\nother",
        "URL:https://example.org/volunteer/shifts/1/", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_no_line_of_a_calendar_is_longer_than_75_octets() -> None:
    one = Appointment(
        "u",
        0,
        NOON,
        NOON,
        NOON + timedelta(hours=1),
        "é" * 200,
        "",
        "",
        "",
        is_cancelled=False,
        is_tentative=True,
    )

    text = write_appointments([one], name="")

    assert max(len(line.encode()) for line in text.split("\r\n")) == 75
    assert "é" * 200 in text.replace("\r\n ", "")
    assert "STATUS:TENTATIVE" in text
