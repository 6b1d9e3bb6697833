"""The ladder by the clock of the place, clock changes and half hours included."""

from datetime import UTC, datetime, timedelta

import pytest

from volunteers.enums import ShiftMail
from volunteers.rules.reminders import due_mail, ladder

EARLY = datetime(2026, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def opened(starts_at: datetime, zone: str) -> dict[ShiftMail, datetime]:
    rungs = ladder(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), zone=zone)
    return {rung.mail: rung.opens_at for rung in rungs}


@pytest.mark.parametrize(
    ("zone", "starts_at", "eve", "day"),
    [
        ("America/Toronto", "2026-11-28T18:00-05:00", "2026-11-27T16:00Z", "2026-11-28T13:00Z"),
        # Half an hour apart from everybody else.
        ("America/St_Johns", "2026-11-28T18:00-03:30", "2026-11-27T14:30Z", "2026-11-28T11:30Z"),
        # Clocks go forward in the night between: 11:00 is summer time's by neither rung's count of hours.
        ("America/Toronto", "2027-03-14T14:00-04:00", "2027-03-13T16:00Z", "2027-03-14T12:00Z"),
        # And back.
        ("America/Halifax", "2026-11-01T14:00-04:00", "2026-10-31T14:00Z", "2026-11-01T12:00Z"),
        # British Columbia keeps summer time since 2026.
        ("America/Vancouver", "2027-01-15T18:00-07:00", "2027-01-14T18:00Z", "2027-01-15T15:00Z"),
        # In the evening it is tomorrow in UTC already.
        ("America/Vancouver", "2026-11-28T19:00-07:00", "2026-11-27T18:00Z", "2026-11-28T15:00Z"),
    ],
)
def test_rungs_stand_at_eleven_and_eight_by_the_clock_of_the_place(
    zone: str, starts_at: str, eve: str, day: str
) -> None:
    found = opened(at(starts_at), zone)

    assert (found[ShiftMail.EVE], found[ShiftMail.DAY]) == (at(eve), at(day))


@pytest.mark.parametrize(("begins", "has_day"), [("07:59", False), ("08:00", False), ("08:01", True)])
def test_an_early_shift_has_no_mail_on_its_day(begins: str, has_day: bool) -> None:
    found = opened(at(f"2026-11-28T{begins}-05:00"), "America/Toronto")

    assert (ShiftMail.DAY in found) is has_day


@pytest.mark.parametrize(
    ("now", "mail"),
    [
        ("2026-11-27T10:59", None),
        ("2026-11-27T11:00", ShiftMail.EVE),
        ("2026-11-27T23:59", ShiftMail.EVE),
        ("2026-11-28T00:00", None),
        ("2026-11-28T08:00", ShiftMail.DAY),
        ("2026-11-28T17:59", ShiftMail.DAY),
        ("2026-11-28T18:00", None),
        ("2026-11-28T20:59", None),
        ("2026-11-28T21:00", ShiftMail.AFTER),
        ("2026-11-30T07:59", ShiftMail.AFTER),
        ("2026-11-30T08:00", None),
    ],
)
def test_what_is_due_when(now: str, mail: ShiftMail | None) -> None:
    starts_at = at("2026-11-28T18:00-05:00")
    ends_at = starts_at + timedelta(hours=2)

    rung = due_mail(
        starts_at=starts_at,
        ends_at=ends_at,
        zone="America/Toronto",
        signed_up_at=EARLY,
        now=at(now + "-05:00"),
    )

    assert (rung.mail if rung else None) == mail


@pytest.mark.parametrize(
    ("signed", "now", "mail"),
    [
        ("2026-11-27T11:01", "2026-11-27T12:00", None),
        ("2026-11-27T11:01", "2026-11-28T08:00", ShiftMail.DAY),
        ("2026-11-28T08:30", "2026-11-28T09:00", None),
        ("2026-11-28T08:30", "2026-11-28T21:00", ShiftMail.AFTER),
    ],
)
def test_who_signs_up_after_a_rung_does_not_get_it(signed: str, now: str, mail: ShiftMail | None) -> None:
    starts_at = at("2026-11-28T18:00-05:00")

    rung = due_mail(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        zone="America/Toronto",
        signed_up_at=at(signed + "-05:00"),
        now=at(now + "-05:00"),
    )

    assert (rung.mail if rung else None) == mail
