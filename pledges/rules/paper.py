"""Sheets from doorsteps: codes, lines, and files of them. Pure."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# No 0/O, 1/I, no vowels: nothing misread, no words.
CODE_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 6
_CODE = re.compile(r"[A-Z0-9]{3,12}")
_BETWEEN = re.compile(r"[\s\-–_.]+")

MOST_LINES = 2000
MOST_BYTES = 400_000
COLUMNS = (
    "line",
    "name",
    "postal_code",
    "email",
    "phone",
    "voter_status",
    "preference",
    "consents",
    "language",
)
NEEDED = frozenset({"line", "name", "postal_code"})
# What spreadsheets would run; no name, code or address begins so, and a number may only with a plus sign.
# Source: OWASP, "CSV Injection", 2024.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Fault(StrEnum):
    """Why a file is not read."""

    TOO_BIG = "too_big"
    UNREADABLE = "unreadable"
    COLUMNS = "columns"
    EMPTY = "empty"
    TOO_MANY = "too_many"


class BadFile(ValueError):
    """The file cannot be read as lines of a sheet; `detail` names what is wrong, such as a column."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault, self.detail = fault, detail


@dataclass(frozen=True)
class FileRow:
    """One row: where it stands in the file, what its cells say, and the first cell that looks like a formula."""

    file_line: int
    cells: Mapping[str, str]
    formula_in: str = ""


def read_code(text: str) -> str | None:
    """Return a sheet code as it is kept; None if this is none."""
    packed = _BETWEEN.sub("", text).upper()
    return packed if _CODE.fullmatch(packed) else None


def read_file(content: bytes) -> list[FileRow]:
    """Return the rows of a CSV file with a head, commas or semicolons between cells; blank rows are left out.

    Raises: BadFile.
    """
    if len(content) > MOST_BYTES:
        raise BadFile(Fault.TOO_BIG)
    text = _text_of(content)
    head = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ","
    )
    try:
        names = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        _check_columns(names)
        rows = [
            _row(reader.line_num, names, cells) for cells in reader if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise BadFile(Fault.UNREADABLE) from error
    if not rows:
        raise BadFile(Fault.EMPTY)
    if len(rows) > MOST_LINES:
        raise BadFile(Fault.TOO_MANY, str(len(rows)))
    return rows


def _text_of(content: bytes) -> str:
    """Decode what spreadsheets save: UTF-8 with or without its mark, or the code page of Windows."""
    if b"\x00" in content:
        raise BadFile(Fault.UNREADABLE)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(Fault.UNREADABLE)


def _check_columns(names: list[str]) -> None:
    wrong = [name for name in names if name not in COLUMNS]
    missing = sorted(NEEDED - set(names))
    twice = [name for name in names if names.count(name) > 1]
    found = wrong or missing or twice
    if found:
        raise BadFile(Fault.COLUMNS, found[0][:40])


def _row(file_line: int, names: list[str], cells: list[str]) -> FileRow:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise BadFile(Fault.COLUMNS, str(file_line))
    found = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    formulas = [
        name
        for name, cell in found.items()
        if cell.startswith(_FORMULA) and not (name == "phone" and cell[0] == "+")
    ]
    return FileRow(file_line, found, formulas[0] if formulas else "")


def door_sheet_code(client_id: UUID) -> str:
    """Return the code of the one-line sheet of a pledge typed at a door: `D` and eleven letters from the visit's id."""
    rest, letters = client_id.int, ""
    for _place in range(11):
        rest, digit = divmod(rest, len(CODE_LETTERS))
        letters += CODE_LETTERS[digit]
    return f"D{letters}"
