"""A calendar file that every calendar program reads. Pure.

Source: RFC 5545, 2009: sections 3.6.1 (events), 3.6.6 (alarms).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coop4canada.kit.icalendar import calendar_text, escaped, stamp

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
    lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        lines += _event(event, changed_at)
    lines.append("END:VCALENDAR")
    return calendar_text(lines)


def _event(event: AllDay, changed_at: datetime) -> Iterator[str]:
    changed = stamp(changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    # The end is the first day that is no longer part of it.
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    if event.alarm is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(event.summary)}"
        yield f"TRIGGER:-PT{int(event.alarm.total_seconds()) // 3600}H"
        yield "END:VALARM"
    yield "END:VEVENT"
