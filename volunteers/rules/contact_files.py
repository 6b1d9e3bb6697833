"""Reading a table that somebody saved from a spreadsheet. Pure."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coop4canada.kit.text import plain
from volunteers.enums.importing import FileFault
from volunteers.rules.contact_columns import is_of_electors

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 200
_SEPARATORS = (",", ";", "\t")
# What a spreadsheet may write into its first line: `sep=;`.
_HINT = "sep="


class BadFile(ValueError):
    """The file is no table that we take; `detail` names the line or the column."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(fault.value, detail)
        self.fault, self.detail = fault, detail


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row that is not blank, with the line of the file on which it begins; the head row stands on line 1."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A file that can be read to its end: its text, what separates cells, how many rows stand below the head row."""

    text: str
    separator: str
    head: tuple[str, ...]
    row_count: int

    def rows(self) -> Iterator[FileRow]:
        """Return the rows below the head row, one at a time, so that a long file does not stand in memory twice."""
        found = _rows(self.text, self.separator)
        next(found)
        return found


def read_table(content: bytes) -> Table:
    """Read a file once to its end, so that what is found out later is about rows alone.

    UTF-8 with or without its mark, or Windows-1252; commas, semicolons or tabs.
    Raises: BadFile.
    """
    table = open_table(content)
    count = 0
    for count, _row in enumerate(table.rows(), start=1):
        if count > MOST_ROWS:
            raise BadFile(FileFault.TOO_MANY)
    if not count:
        raise BadFile(FileFault.EMPTY)
    return Table(table.text, table.separator, table.head, count)


def open_table(content: bytes) -> Table:
    """Read the head row alone; the rows are not counted.

    Raises: BadFile.
    """
    if len(content) > MOST_BYTES:
        raise BadFile(FileFault.TOO_BIG)
    text = _text_of(content)
    if text[: len(_HINT)].lower() == _HINT:
        text = "\n" + text.partition("\n")[2]  # lines keep their numbers
    separator = _separator_of(text)
    first = next(_rows(text, separator), None)
    if first is None:
        raise BadFile(FileFault.EMPTY)
    head = tuple(cell.strip() for cell in first.cells)
    _check_head(head)
    return Table(text, separator, head, 0)


def _text_of(content: bytes) -> str:
    if b"\x00" in content:
        raise BadFile(FileFault.BINARY)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(FileFault.BINARY)


def _separator_of(text: str) -> str:
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def _rows(text: str, separator: str) -> Iterator[FileRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadFile(FileFault.GARBLED, str(line)) from error
        if cells is None:
            return
        if any(cell and not cell.isspace() for cell in cells):
            yield FileRow(line, cells)
        line = reader.line_num + 1


def _check_head(head: tuple[str, ...]) -> None:
    named = [plain(name) for name in head if plain(name)]
    if len(head) < 2:  # noqa: PLR2004 — a table has two columns at least
        raise BadFile(FileFault.ONE_COLUMN)
    if len(head) > MOST_COLUMNS:
        raise BadFile(FileFault.TOO_WIDE)
    electors = next((name for name in head if is_of_electors(name)), None)
    if electors is not None:
        raise BadFile(FileFault.ELECTORS, electors[:60])
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise BadFile(FileFault.COLUMN_TWICE, twice[:60])
