"""Tables of any length as files, in constant memory, harmless in spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

BATCH = 2000
# Source: OWASP, "CSV Injection", 2024: spreadsheets take what begins like this for a formula.
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")
# Source: Microsoft, "Excel specifications and limits", 2024; one row is the header.
MOST_SHEET_ROWS = 1_048_575


class Resource(Protocol):
    """What is used of django-import-export: which columns there are and what stands in them."""

    def get_export_headers(self) -> list[str]:
        """Return the heads of the columns."""

    def get_export_fields(self) -> list[Any]:
        """Return the columns."""

    def export_field(self, field: Any, instance: Any) -> Any:  # noqa: ANN401 — a cell of a row of any model
        """Return what stands in a column of a row."""


def harmless(value: object) -> str:
    """Return the value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_BEGINNINGS) else text


def table(resource: Resource, rows: QuerySet[Any], *, up_to: int) -> Iterator[list[str]]:
    """Yield the header and every row with an id up to `up_to`, in the order of ids.

    The library would hold the whole table in memory; this reads a few thousand rows at a time, each by the primary key,
    so that no cursor or transaction stays open for as long as the reader takes.
    """
    yield resource.get_export_headers()
    # Once: the library's own `export_resource` looks every column up again for every row.
    columns = resource.get_export_fields()
    last = 0
    while batch := list(rows.filter(pk__gt=last, pk__lte=up_to).order_by("pk")[:BATCH]):
        for row in batch:
            yield [harmless(resource.export_field(column, row)) for column in columns]
        last = batch[-1].pk


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def csv_chunks(lines: Iterable[Sequence[str]], *, has_mark: bool) -> Iterator[str]:
    """Yield a CSV file in pieces; with a byte order mark old spreadsheets read it as UTF-8."""
    writer = csv.writer(_Echo())
    pieces: list[str] = ["\N{BYTE ORDER MARK}"] if has_mark else []
    for line in lines:
        pieces.append(writer.writerow(line))
        if len(pieces) >= BATCH:
            yield "".join(pieces)
            pieces.clear()
    yield "".join(pieces)


def xlsx_file(lines: Iterator[Sequence[str]], *, title: str) -> IO[bytes]:
    """Return a temporary file with a workbook of one sheet, at its beginning; it goes when it is closed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for line in lines:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in line])
    spool = TemporaryFile()  # noqa: SIM115 — whoever sends it closes it
    book.save(spool)
    spool.seek(0)
    return spool
