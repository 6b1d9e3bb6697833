"""How lines of a calendar file are written, whatever stands in them. Pure.

Source: RFC 5545, 2009: sections 3.1 (folding), 3.3.5 (times in UTC), 3.3.11 (escaping).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

LINE_OCTETS = 75
END = "\r\n"


def calendar_text(lines: Iterable[str]) -> str:
    """Return the lines as a file, each folded and ended as calendar programs want it."""
    return "".join(folded + END for line in lines for folded in _folded(line))


def escaped(text: str) -> str:
    """Return a text as it stands in a value."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(marked.splitlines())


def stamp(at: datetime) -> str:
    """Return a moment in UTC."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


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
