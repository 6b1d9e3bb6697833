"""Text tables as public offices publish them, and what is said when one cannot be used."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Official tables up to 2011 are Windows-1252; later ones UTF-8 with a byte order mark.
OLDER_ENCODING = "cp1252"
GZIP_MAGIC = b"\x1f\x8b"


class FileRefused(Exception):
    """A file cannot be loaded: the message names it, the place in it and what to do."""

    def __str__(self) -> str:
        """Return the message with the assurance that whoever reads it needs."""
        return f"{super().__str__().rstrip()} Nothing was changed."


@dataclass(frozen=True)
class Row:
    """One row of a table: its line in the file and its cells by the name of their column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Table:
    """A table with its header; `name` is the file's name, for messages."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Row]

    def refuse(self, row: Row, problem: str) -> FileRefused:
        """Return the error that says what is wrong in a row."""
        return FileRefused(f"{self.name}, line {row.line}: {problem}")

    def has(self, *columns: str) -> bool:
        """Say whether the table has all these columns."""
        return set(columns) <= set(self.columns)


def read_text(path: Path) -> str:
    """Return the text of a plain or gzip-compressed file, whichever of the usual encodings it has.

    Raises: FileRefused if it cannot be read or is cut off.
    """
    try:
        content = path.read_bytes()
        if content.startswith(GZIP_MAGIC):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(
            f"{path.name} cannot be read ({error}): check the path, or download it again."
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode(OLDER_ENCODING, errors="replace")


def read_table(path: Path, *, header_has: str | None = None) -> Table:
    """Return the table in a CSV or TSV file.

    Args:
        path: the file.
        header_has: text by which the header line is known where other lines stand above it.

    Raises: FileRefused if there is no header or a row has more cells than it.
    """
    return table_of(read_text(path), path.name, header_has=header_has)


def table_of(text: str, name: str, *, header_has: str | None = None) -> Table:
    """Return the table in a text; rows without any cell are passed over."""
    try:
        return _table(_parsed(text), name, header_has)
    except csv.Error as error:
        raise FileRefused(f"{name} cannot be read as a table ({error}): download it again.") from error


def _table(lines: Iterator[tuple[int, list[str]]], name: str, header_has: str | None) -> Table:
    header = next(
        (line for line in lines if header_has is None or any(header_has in cell for cell in line[1])), None
    )
    if header is None or not any(header[1]):
        raise FileRefused(f"{name} has no header line: it is empty or not the table it should be.")
    columns = [" ".join(cell.split()) for cell in header[1]]
    rows = []
    for number, cells in lines:
        if [cell for cell in cells[len(columns) :] if cell.strip()]:
            raise FileRefused(
                f"{name}, line {number}: {len(cells)} cells under {len(columns)} columns; "
                "a comma inside a cell needs quotes."
            )
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, dict(zip(columns, cells, strict=False))))
    return Table(name, columns, rows)


def _parsed(text: str) -> Iterator[tuple[int, list[str]]]:
    first_lines = text[:4000]
    delimiter = max("\t,;", key=first_lines.count) if "\t" in first_lines or ";" in first_lines else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


def whole_number(text: str) -> int | None:
    """Return the whole number written in a cell, e.g. ` 5870`, `27,563`, `12.0`; None where there is none."""
    digits = re.sub(r"[,\s]", "", text).removesuffix(".0")
    # Official transpositions hold sums that rounding left at minus nought.
    digits = "0" if digits == "-0" else digits
    return int(digits) if digits.isascii() and digits.isdigit() else None
