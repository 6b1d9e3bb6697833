"""When one votes and is reminded of it, in all zones of the country and across changes of clocks."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.rules.voting import (
    PollHours,
    closing_of,
    due_mails,
    election_days,
    is_all_closed,
    mails_anywhere,
    takes_replies,
    vote_mails,
)
from ridings.enums import VotingBand
from ridings.rules.clocks import CLOCK_OF_PROVINCE, EXCEPTIONS, band_on
from ridings.rules.voting_hours import STATUTORY_HOURS, HoursRow, hours_in_force

POLLING = date(2029, 10, 15)
DAYS = election_days(POLLING)
CLOCKS = sorted(
    {*CLOCK_OF_PROVINCE.values(), *EXCEPTIONS.values()}, key=lambda clock: (clock.zone, clock.band)
)


def hours(zone: str, polling_on: date = POLLING) -> PollHours:
    clock = next(clock for clock in CLOCKS if clock.zone == zone)
    return PollHours(zone, *STATUTORY_HOURS[band_on(clock, polling_on)])


def country(polling_on: date = POLLING) -> list[PollHours]:
    return [PollHours(clock.zone, *STATUTORY_HOURS[band_on(clock, polling_on)]) for clock in CLOCKS]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_advance_polls_are_the_tenth_to_seventh_day_before() -> None:
    assert (DAYS.advance_first_on, DAYS.advance_last_on) == (date(2029, 10, 5), date(2029, 10, 8))
    moved = election_days(POLLING, date(2029, 10, 4), date(2029, 10, 9))
    assert (moved.advance_first_on, moved.advance_last_on) == (date(2029, 10, 4), date(2029, 10, 9))


@pytest.mark.parametrize(
    ("zone", "advance", "eve", "day", "close"),
    [
        ("America/St_Johns", "05 11:30", "14 14:30", "15 10:30", "15 23:00"),
        ("America/Halifax", "05 12:00", "14 15:00", "15 11:00", "15 23:30"),
        ("America/Toronto", "05 13:00", "14 16:00", "15 12:00", "16 01:30"),
        ("America/Winnipeg", "05 14:00", "14 17:00", "15 13:00", "16 01:30"),
        ("America/Regina", "05 15:00", "14 18:00", "15 14:00", "16 01:30"),
        ("America/Edmonton", "05 15:00", "14 18:00", "15 14:00", "16 01:30"),
        ("America/Vancouver", "05 16:00", "14 19:00", "15 15:00", "16 02:00"),
    ],
)
def test_every_mail_is_due_at_its_local_hour(zone: str, advance: str, eve: str, day: str, close: str) -> None:
    mails = vote_mails(DAYS, hours(zone))

    assert [mail.at for mail in mails] == [utc(f"2029-10-{text}") for text in (advance, eve, day)]
    assert mails[-1].until == closing_of(DAYS, hours(zone)) == utc(f"2029-10-{close}")


@pytest.mark.parametrize(
    ("zone", "close"),
    [
        ("America/St_Johns", "19 00:00"),
        ("America/Toronto", "19 02:30"),
        ("America/Winnipeg", "19 01:30"),  # UTC−5 in winter since 2026
        ("America/Regina", "19 02:30"),
        ("America/Edmonton", "19 01:30"),  # UTC−6
        ("America/Vancouver", "19 02:00"),  # UTC−7
    ],
)
def test_a_winter_election_follows_the_clocks_of_2026(zone: str, close: str) -> None:
    january = date(2027, 1, 18)

    assert closing_of(election_days(january), hours(zone, january)) == utc(f"2027-01-{close}")


def test_a_change_of_clocks_before_polling_day_moves_nothing() -> None:
    days = election_days(date(2029, 11, 5))  # clocks go back on the 4th

    local = [
        mail.at.astimezone(ZoneInfo("America/St_Johns")).hour
        for mail in vote_mails(days, hours("America/St_Johns", days.polling_on))
    ]

    assert local == [9, 12, 8]


def test_who_lives_nobody_knows_where_is_mailed_when_it_is_right_everywhere() -> None:
    mails = mails_anywhere(DAYS, country())

    assert [(mail.at, mail.until) for mail in mails] == [
        (utc("2029-10-05 16:00"), utc("2029-10-08 23:30")),
        (utc("2029-10-14 19:00"), utc("2029-10-14 23:30")),
        (utc("2029-10-15 15:00"), utc("2029-10-15 23:00")),
    ]
    assert mails_anywhere(DAYS, []) == ()


@given(
    polling_on=st.dates(date(2026, 12, 1), date(2035, 12, 31)),
    clock=st.sampled_from(CLOCKS),
    seconds=st.integers(0, 12 * 86_400),
)
def test_whatever_is_due_is_due_inside_its_local_window(
    polling_on: date, clock: object, seconds: int
) -> None:
    zone = clock.zone  # type: ignore[attr-defined]
    days, poll = election_days(polling_on), hours(zone, polling_on)
    now = datetime.combine(polling_on - timedelta(days=11), time.min, UTC) + timedelta(seconds=seconds)

    for mail in due_mails(vote_mails(days, poll), [zone], now):
        local = now.astimezone(ZoneInfo(zone))
        first, last = {
            "advance": (days.advance_first_on, days.advance_last_on),
            "eve": (polling_on - timedelta(days=1), polling_on - timedelta(days=1)),
            "day": (polling_on, polling_on),
        }[mail.reminder.value]
        assert first <= local.date() <= last
        assert 8 <= local.hour < 21
        assert now < closing_of(days, poll)


@given(polling_on=st.dates(date(2026, 12, 1), date(2035, 12, 31)), clock=st.sampled_from(CLOCKS))
def test_every_reminder_has_time_to_leave(polling_on: date, clock: object) -> None:
    mails = vote_mails(election_days(polling_on), hours(clock.zone, polling_on))  # type: ignore[attr-defined]

    assert [mail.reminder.value for mail in mails] == ["advance", "eve", "day"]
    assert all(mail.until - mail.at >= timedelta(hours=9) for mail in mails)
    assert all(earlier.until <= later.at for earlier, later in itertools.pairwise(mails))


def row(band: str = "", number: int | None = None, since: str = "2020-01-01", opens: int = 6) -> HoursRow:
    return HoursRow(band, number, date.fromisoformat(since), time(opens), time(18))


@pytest.mark.parametrize(
    ("rows", "opens"),
    [
        ([], time(9, 30)),
        ([row("pacific")], time(9, 30)),
        ([row("eastern")], time(6)),
        ([row("eastern", since="2029-10-16")], time(9, 30)),
        ([row("eastern", opens=5), row("eastern", since="2028-01-01", opens=7)], time(7)),
        ([row(number=35075, opens=8), row("eastern", since="2029-01-01")], time(8)),
        ([row(number=35076, opens=8)], time(9, 30)),
    ],
)
def test_the_ridings_own_hours_come_before_the_bands_and_the_statutes(
    rows: list[HoursRow], opens: time
) -> None:
    found = hours_in_force(rows, number=35075, band=VotingBand.EASTERN, polling_on=POLLING)

    assert found[0] == opens


@pytest.mark.parametrize(
    ("now", "takes"),
    [
        ("2029-10-04 23:59", False),
        ("2029-10-05 00:00", True),
        ("2029-10-22 23:59", True),
        ("2029-10-23 00:00", False),
    ],
)
def test_i_voted_is_told_while_one_can_have_voted(now: str, takes: bool) -> None:
    assert takes_replies(DAYS, utc(now)) is takes


def test_all_is_closed_when_the_pacific_is() -> None:
    assert not is_all_closed(DAYS, country(), utc("2029-10-16 01:59"))
    assert is_all_closed(DAYS, country(), utc("2029-10-16 02:00"))
    assert not is_all_closed(DAYS, [], utc("2029-10-16 02:00"))
