"""Calendar files, read back strictly by the rules of RFC 5545."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pledges.rules.calendar import AllDay, write_calendar

CHANGED = datetime(2027, 1, 5, 14, 30, tzinfo=UTC)
NAME_OF_LINE = re.compile(r"[A-Z][A-Z-]*(;[A-Z-]+=[A-Z]+)?:")


def unfolded(text: str) -> list[str]:
    """Return the logical lines, refusing what a strict reader refuses."""
    assert text.endswith("\r\n")
    raw = text.encode().split(b"\r\n")[:-1]
    assert all(b"\r" not in line and b"\n" not in line for line in raw)
    assert max(len(line) for line in raw) <= 75
    lines: list[str] = []
    for line in raw:
        part = line.decode()  # a character cut in two would not decode
        if part.startswith(" "):
            lines[-1] += part[1:]
        else:
            assert NAME_OF_LINE.match(part), part
            lines.append(part)
    return lines


def value(text: str) -> str:
    """Undo the escaping of a text value."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), text)


def event(**fields: object) -> AllDay:
    texts = {"summary": "Last day", "description": "Join now", "url": "https://coop4canada.example/x/"}
    days = {"first": date(2027, 3, 3), "last": date(2027, 3, 3)}
    return AllDay(**{"uid": "drive-1-join@coop4canada.example", **days, **texts, **fields})  # type: ignore[arg-type]


def test_a_calendar_is_written_line_by_line() -> None:
    text = write_calendar([event(alarm=timedelta(hours=15))], name="Party", changed_at=CHANGED)

    assert unfolded(text) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coop4canada//Join a party//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Party",
        "BEGIN:VEVENT",
        "UID:drive-1-join@coop4canada.example",
        "DTSTAMP:20270105T143000Z",
        "LAST-MODIFIED:20270105T143000Z",
        "DTSTART;VALUE=DATE:20270303",
        "DTEND;VALUE=DATE:20270304",
        "SUMMARY:Last day",
        "DESCRIPTION:Join now",
        "URL:https://coop4canada.example/x/",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Last day",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_an_event_without_alarm_is_silent() -> None:
    lines = unfolded(write_calendar([event()], name="Party", changed_at=CHANGED))

    assert "BEGIN:VALARM" not in lines


def test_the_same_facts_give_the_same_file() -> None:
    first, second = (write_calendar([event()], name="Party", changed_at=CHANGED) for _ in range(2))

    assert first == second


def test_long_french_lines_fold_between_characters() -> None:
    summary = "Dernier jour pour adhérer à un parti; voté, élu, événement — " * 6

    lines = unfolded(write_calendar([event(summary=summary)], name="é" * 75, changed_at=CHANGED))

    assert value(next(line for line in lines if line.startswith("SUMMARY:"))[8:]) == summary


printable = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=300)


@given(printable, printable)
def test_any_text_comes_back_as_it_was(summary: str, description: str) -> None:
    described = f"{description}\n{description}"

    lines = unfolded(
        write_calendar([event(summary=summary, description=described)], name="P", changed_at=CHANGED)
    )

    assert value(next(line for line in lines if line.startswith("SUMMARY:"))[8:]) == summary
    assert value(next(line for line in lines if line.startswith("DESCRIPTION:"))[12:]) == "\n".join(
        described.splitlines()
    )
