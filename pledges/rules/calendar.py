"""A calendar file that every calendar program reads. Pure.

Source: RFC 5545, 2009: sections 3.1 (folding), 3.3.11 (escaping), 3.6.1 (events), 3.6.6 (alarms).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE_OCTETS = 75
END = "\r\n"
PRODUCT = "-//coop4canada//Join a party//EN"


@dataclass(frozen=True)
class AllDay:
    """An event of whole days, the last one included, wherever the reader is.

    `uid` stays the same whenever the file is fetched again, so that a program mends the event instead of adding one.
    `alarm`: how long before its first midnight to ring; None for silence.
    """

    uid: str
    first: date
    last: date
    summary: str
    description: str
    url: str
    alarm: timedelta | None = None


def write_calendar(events: Iterable[AllDay], *, name: str, changed_at: datetime) -> str:
    """Return a calendar with these events; the same input gives the same text.

    Args:
        events: what stands in it.
        name: of the calendar, as programs show it.
        changed_at: when the facts last changed; a newer file wins over an older one.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for event in events:
        lines += _event(event, changed_at)
    lines.append("END:VCALENDAR")
    return "".join(folded + END for line in lines for folded in _folded(line))


def _event(event: AllDay, changed_at: datetime) -> Iterator[str]:
    stamp = f"{changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    # The end is the first day that is no longer part of it.
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    if event.alarm is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.summary)}"
        yield f"TRIGGER:-PT{int(event.alarm.total_seconds()) // 3600}H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Break a line into parts of 75 octets at most, never inside a character; all but the first begin with a space."""
    part, room = "", LINE_OCTETS
    for char in line:
        size = len(char.encode())
        if size > room:
            yield part
            part, room = " ", LINE_OCTETS - 1
        part += char
        room -= size
    yield part
