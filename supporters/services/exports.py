"""Noting who takes people's data out of here: before the first row leaves, and how many did."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from supporters.models import ExportLog, User

Line = TypeVar("Line")


@dataclass(frozen=True)
class Export:
    """What is taken: which table, which of its rows in words, as which kind of file."""

    what: str
    choice: str
    kind: str


def note_export(*, export: Export, user: User, now: datetime) -> ExportLog:
    """Write down that somebody begins to take rows."""
    return ExportLog.objects.create(
        user=user, what=export.what, choice=export.choice[:500], kind=export.kind, created_at=now
    )


def counted(lines: Iterable[Line], *, log: ExportLog, clock: Callable[[], datetime]) -> Iterator[Line]:
    """Hand on a header and rows; note how many left, also where the reader went away before the end."""
    count = -1
    is_done = False
    try:
        for line in lines:
            count += 1
            yield line
        is_done = True
    finally:
        ExportLog.objects.filter(pk=log.pk).update(
            row_count=max(count, 0), done_at=clock() if is_done else None
        )
