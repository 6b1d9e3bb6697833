"""Deadlines: the phase at every moment, the last minute in every zone, what is due when."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.enums import Reminder, Zone
from pledges.rules.deadlines import (
    Dates,
    Phase,
    Standing,
    asks_to_join,
    due_reminders,
    end_of,
    ending_of,
    reminders_of,
    standing,
    takes_reminders,
    takes_reports,
)

TORONTO = "America/Toronto"
# The race of 2013: sign up before 3 March, vote between 7 and 14 April. Both clock changes of Toronto lie near.
RACE = Dates(date(2013, 1, 15), date(2013, 3, 2), date(2013, 4, 7), date(2013, 4, 14), TORONTO)
SIX_ZONES = [zone for zone in Zone.values if zone != "America/Regina"]
PHASES = list(Phase)


def local(text: str, zone: str = TORONTO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2013-01-10T12:00", Standing(Phase.UPCOMING, 5)),
        ("2013-01-14T23:59:59.999999", Standing(Phase.UPCOMING, 1)),
        ("2013-01-15T00:00", Standing(Phase.JOINING, 46)),
        ("2013-03-01T23:59:59", Standing(Phase.JOINING, 1)),
        ("2013-03-02T00:00", Standing(Phase.JOINING, 0)),
        ("2013-03-02T23:59:59.999999", Standing(Phase.JOINING, 0)),
        ("2013-03-03T00:00", Standing(Phase.WAITING, 35)),
        ("2013-03-10T02:30", Standing(Phase.WAITING, 28)),
        ("2013-04-06T23:59:59", Standing(Phase.WAITING, 1)),
        ("2013-04-07T00:00", Standing(Phase.VOTING, 7)),
        ("2013-04-14T23:59:59.999999", Standing(Phase.VOTING, 0)),
        ("2013-04-15T00:00", Standing(Phase.OVER, 0)),
    ],
)
def test_a_drive_stands_where_its_own_clock_says(moment: str, expected: Standing) -> None:
    assert standing(RACE, local(moment)) == expected


@pytest.mark.parametrize("zone", SIX_ZONES)
@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8), date(2026, 11, 1), date(2027, 7, 1)])
def test_the_last_minute_counts_in_every_zone(zone: str, day: date) -> None:
    dates = Dates(None, day, day + timedelta(days=30), day + timedelta(days=37), zone)
    midnight = end_of(day, zone)

    assert midnight.astimezone(ZoneInfo(zone)).isoformat()[:16] == f"{day + timedelta(days=1)}T00:00"
    assert standing(dates, midnight - timedelta(microseconds=1)) == Standing(Phase.JOINING, 0)
    assert standing(dates, midnight) == Standing(Phase.WAITING, 29)


def test_newfoundland_closes_an_hour_and_a_half_before_toronto() -> None:
    day = date(2027, 3, 3)

    assert end_of(day, TORONTO) - end_of(day, "America/St_Johns") == timedelta(hours=1, minutes=30)


def test_who_takes_members_already_is_never_upcoming() -> None:
    dates = Dates(None, date(2027, 3, 3), date(2027, 4, 7), date(2027, 4, 14), TORONTO)

    assert standing(dates, local("2020-01-01T00:00")).phase == Phase.JOINING
    assert ending_of(dates, Phase.UPCOMING) is None


def test_on_a_day_of_both_joining_comes_first() -> None:
    day = date(2027, 3, 3)

    assert standing(Dates(None, day, day, day, TORONTO), local("2027-03-03T23:00")) == Standing(
        Phase.JOINING, 0
    )


@pytest.mark.parametrize(
    ("phase", "reports", "reminders"),
    [
        (Phase.UPCOMING, False, True),
        (Phase.JOINING, True, True),
        (Phase.WAITING, True, True),
        (Phase.VOTING, True, True),
        (Phase.OVER, False, False),
    ],
)
def test_each_phase_takes_what_makes_sense(phase: Phase, reports: bool, reminders: bool) -> None:
    assert (takes_reports(phase), takes_reminders(phase)) == (reports, reminders)


def test_reminders_are_due_at_nine_by_the_drives_clock() -> None:
    assert [(due.reminder, due.at, due.until) for due in reminders_of(RACE)] == [
        (Reminder.JOIN_WEEK, local("2013-02-23T09:00"), local("2013-03-01T09:00")),
        (Reminder.JOIN_DAY, local("2013-03-01T09:00"), local("2013-03-03T00:00")),
        (Reminder.VOTE_OPEN, local("2013-04-07T09:00"), local("2013-04-13T09:00")),
        (Reminder.VOTE_LAST, local("2013-04-13T09:00"), local("2013-04-15T00:00")),
    ]


@pytest.mark.parametrize("days", [0, 1])
def test_a_short_vote_is_reminded_of_once(days: int) -> None:
    opens = date(2027, 4, 7)
    dates = Dates(None, date(2027, 3, 3), opens, opens + timedelta(days=days), TORONTO)

    assert [due.reminder for due in reminders_of(dates) if not asks_to_join(due.reminder)] == [
        Reminder.VOTE_OPEN
    ]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2013-02-23T08:59", []),
        ("2013-02-23T09:01", []),  # commits of a moment ago settle first
        ("2013-02-23T09:02", ["join_week"]),
        ("2013-02-23T20:59", ["join_week"]),
        ("2013-02-23T21:00", []),  # the worker was down all day: people sleep
        ("2013-02-24T03:00", []),
        ("2013-02-24T09:00", ["join_week"]),
        ("2013-03-01T09:02", ["join_day"]),
        ("2013-03-02T20:00", ["join_day"]),
        ("2013-03-03T10:00", []),
        ("2013-04-07T09:30", ["vote_open"]),
        ("2013-04-14T10:00", ["vote_last"]),
        ("2013-04-15T10:00", []),
    ],
)
def test_what_is_due_now(moment: str, expected: list[str]) -> None:
    assert [due.reminder for due in due_reminders(RACE, local(moment))] == expected


@st.composite
def dates_of_drives(draw: st.DrawFn) -> Dates:
    joins_by = draw(st.dates(date(2013, 1, 1), date(2030, 1, 1)))
    opens_on = draw(st.none() | st.integers(0, 100).map(lambda days: joins_by - timedelta(days=days)))
    vote_opens_on = joins_by + timedelta(days=draw(st.integers(0, 60)))
    vote_closes_on = vote_opens_on + timedelta(days=draw(st.integers(0, 30)))
    return Dates(opens_on, joins_by, vote_opens_on, vote_closes_on, draw(st.sampled_from(Zone.values)))


FROM, TO = datetime.fromisoformat("2012-01-01"), datetime.fromisoformat("2031-01-01")
moments = st.datetimes(FROM, TO, timezones=st.just(UTC))


@given(dates_of_drives(), moments, moments)
def test_phases_only_go_forward_and_days_only_down(dates: Dates, one: datetime, other: datetime) -> None:
    before, after = (standing(dates, moment) for moment in sorted((one, other)))

    assert PHASES.index(before.phase) <= PHASES.index(after.phase)
    assert before.phase != after.phase or before.days_left >= after.days_left >= 0


@given(dates_of_drives(), moments)
def test_a_phase_lasts_until_its_ending_and_not_a_moment_longer(dates: Dates, now: datetime) -> None:
    phase = standing(dates, now).phase
    ending = ending_of(dates, phase)

    if ending is None:
        assert phase == Phase.OVER
        return
    assert now < ending
    assert standing(dates, ending - timedelta(microseconds=1)).phase == phase
    assert standing(dates, ending).phase != phase


@given(dates_of_drives())
def test_reminders_follow_each_other_in_time_for_what_they_say(dates: Dates) -> None:
    reminders = reminders_of(dates)

    assert all(due.at < due.until for due in reminders)
    for kind in (True, False):
        alike = [due for due in reminders if asks_to_join(due.reminder) == kind]
        assert all(first.until <= second.at for first, second in pairwise(alike))
        assert alike[-1].until == ending_of(dates, Phase.JOINING if kind else Phase.VOTING)
    assert {due.at.astimezone(ZoneInfo(dates.zone)).hour for due in reminders} == {9}


@given(dates_of_drives(), moments)
def test_nobody_is_written_to_at_night(dates: Dates, now: datetime) -> None:
    hour = now.astimezone(ZoneInfo(dates.zone)).hour

    assert due_reminders(dates, now) == () or 9 <= hour < 21
