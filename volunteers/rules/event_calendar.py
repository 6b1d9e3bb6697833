"""Shifts as a calendar file. Pure; times stand in UTC, so that no program needs to know our zones.

Source: RFC 5545, 2009: sections 3.6.1 (events), 3.8.1.11 (status), 3.8.7.4 (sequence); RFC 7986, 2016: section 5.7 (refresh).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coop4canada.kit.icalendar import calendar_text, escaped, stamp

PRODUCT = "-//coop4canada//Volunteering//EN"


@dataclass(frozen=True)
class Appointment:
    """A shift as a calendar program keeps it.

    `uid` stays the same and `sequence` grows whenever the shift changes: a program mends what it has.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    description: str
    url: str
    is_cancelled: bool
    is_tentative: bool


def write_appointments(appointments: Iterable[Appointment], *, name: str) -> str:
    """Return a calendar with these appointments; the same input gives the same text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for appointment in appointments:
        lines += _lines(appointment)
    return calendar_text([*lines, "END:VCALENDAR"])


def _lines(one: Appointment) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}"
    yield f"SEQUENCE:{one.sequence}"
    yield f"DTSTAMP:{stamp(one.changed_at)}"
    yield f"LAST-MODIFIED:{stamp(one.changed_at)}"
    yield f"DTSTART:{stamp(one.starts_at)}"
    yield f"DTEND:{stamp(one.ends_at)}"
    yield f"SUMMARY:{escaped(one.summary)}"
    if one.place:
        yield f"LOCATION:{escaped(one.place)}"
    yield f"DESCRIPTION:{escaped(one.description)}"
    yield f"URL:{one.url}"
    yield f"STATUS:{_status(one)}"
    yield "END:VEVENT"


def _status(one: Appointment) -> str:
    if one.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if one.is_tentative else "CONFIRMED"
