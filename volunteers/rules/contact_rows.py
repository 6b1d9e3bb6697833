"""Reading one row of a file as a door or as somebody to call. Pure.

What a row alone tells is decided here; whether its point or its postal code lies in a riding is asked of those who know.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ridings.rules.coordinates import is_on_the_globe
from ridings.rules.postal_code import FSA_LENGTH, read_postal_code
from supporters.rules.phone import BadPhone, Reason, read_phone
from volunteers.enums.importing import Column, RowFault

# As long as the columns of the tables.
_LONGEST = {
    Column.SOURCE_ID: 60,
    Column.NAME: 100,
    Column.STREET: 120,
    Column.UNIT: 20,
    Column.CITY: 100,
}
_LONGEST_CELL = 200
# A plus begins a phone number and a minus a longitude, so these two begin formulas in other columns only.
# Source: OWASP, "CSV Injection", 2024.
_FORMULA = ("=", "@", "+", "-")
_SIGNED = frozenset({Column.PHONE, Column.LATITUDE, Column.LONGITUDE})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"(\d{1,6})\s*(?:[-\s]?([A-Za-z]|½|1/2))?")
# `4-123A Main St`, `123 Main St`; the unit may stand before the number.
_ADDRESS = re.compile(r"(?:#?([A-Za-z0-9]{1,6})\s*[-–]\s*)?(\d{1,6}(?:[A-Za-z½]| ½| 1/2)?)[\s,]+(\D.*)")
_DEGREES = re.compile(r"[+\-−]?\d{1,3}([.,]\d+)?")
_FRENCH = frozenset({"fr", "f", "fra", "fre", "french", "francais", "français"})
_ENGLISH = frozenset({"en", "e", "eng", "english", "anglais"})

# A number written with what usually stands between its groups; the last four digits decide nothing.
_PLAIN_PHONE = re.compile(r"(?:\+?1[\s.\-]*)?\(?([2-9]\d\d)\)?[\s.\-]*(\d{3})[\s.\-]*(\d{4})")


class BadRow(ValueError):
    """The row is left out; `cell` is what stands where it is wrong."""

    def __init__(self, fault: RowFault, cell: str = "") -> None:
        super().__init__(fault.value, cell)
        self.fault, self.cell = fault, cell


@dataclass(frozen=True, slots=True)
class Place:
    """An address as the row tells it; `number` 0 where it tells none."""

    number: int
    suffix: str
    unit: str
    street: str
    city: str
    postal_code: str

    @property
    def is_whole(self) -> bool:
        """A dwelling can be recognised by it."""
        return bool(self.number and self.street and (self.city or self.postal_code))


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A door as the row tells it."""

    source_id: str
    place: Place
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody to call as the row tells them; `riding` as it was written."""

    source_id: str
    name: str
    language: str
    phone: str
    riding: str
    place: Place


class PhoneReader:
    """Reads numbers as `read_phone` does, a hundred thousand in a breath.

    Which numbers are given out, where and for what is decided by their first six digits (area code and exchange), so each
    pair of these is looked up once. What is not written plainly is read in full.
    """

    def __init__(self) -> None:
        self._verdicts: dict[str, bool] = {}

    def read(self, text: str) -> str:
        """Return the number as E.164.

        Raises: BadPhone.
        """
        plain = _PLAIN_PHONE.fullmatch(text)
        if plain is None:
            return read_phone(text)
        area, exchange, line = plain.groups()
        verdict = self._verdicts.get(area + exchange)
        if verdict is None:
            verdict = self._verdicts[area + exchange] = _is_called(f"+1{area}{exchange}{line}")
        return f"+1{area}{exchange}{line}" if verdict else read_phone(text)


def _is_called(number: str) -> bool:
    try:
        return bool(read_phone(number))
    except BadPhone:
        return False


class RowReader:
    """Reads the rows of one file by the columns that were named."""

    def __init__(self, columns: Mapping[Column, int], width: int) -> None:
        """Keep which column stands where; `width` is that of the head row."""
        self._columns, self._width = columns, width
        self._phones = PhoneReader()

    def door(self, cells: Sequence[str]) -> DoorRow:
        """Return the door of a row.

        Raises: BadRow.
        """
        found = self._cells(cells)
        place = _place(found)
        if not place.number:
            raise BadRow(RowFault.NUMBER, found.get(Column.NUMBER) or found.get(Column.ADDRESS, ""))
        if not place.street:
            raise BadRow(RowFault.STREET)
        if not place.is_whole:
            raise BadRow(RowFault.PLACE)
        latitude, longitude = (_degrees(found.get(one, "")) for one in (Column.LATITUDE, Column.LONGITUDE))
        if not is_on_the_globe(latitude, longitude):
            raise BadRow(RowFault.POINT, f"{latitude}, {longitude}")
        return DoorRow(found.get(Column.SOURCE_ID, ""), place, latitude, longitude)

    def person(self, cells: Sequence[str]) -> PersonRow:
        """Return somebody to call.

        Raises: BadRow.
        """
        found = self._cells(cells)
        typed = found.get(Column.PHONE, "")
        try:
            phone = self._phones.read(typed)
        except BadPhone as error:
            missing = error.reason == Reason.MISSING
            raise BadRow(RowFault.PHONE_MISSING if missing else RowFault.PHONE, typed) from error
        return PersonRow(
            source_id=found.get(Column.SOURCE_ID, ""),
            name=_name(found),
            language=_language(found.get(Column.LANGUAGE, "")),
            phone=phone,
            riding=found.get(Column.RIDING, ""),
            place=_place(found),
        )

    def _cells(self, cells: Sequence[str]) -> dict[Column, str]:
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            raise BadRow(RowFault.CELLS)
        found = {}
        for column, position in self._columns.items():
            if position < len(cells) and (cell := cells[position].strip()):
                found[column] = _checked(column, cell)
        return found


def _checked(column: Column, cell: str) -> str:
    if _CONTROL.search(cell):
        raise BadRow(RowFault.CONTROL, _CONTROL.sub("", cell))
    if cell.startswith(_FORMULA) and (column not in _SIGNED or cell[0] in "=@"):
        raise BadRow(RowFault.FORMULA, cell)
    text = _BLANKS.sub(" ", cell)
    if len(text) > _LONGEST.get(column, _LONGEST_CELL):
        raise BadRow(RowFault.TOO_LONG, text)
    return text


def _place(found: Mapping[Column, str]) -> Place:
    unit, typed, street = (found.get(one, "") for one in (Column.UNIT, Column.NUMBER, Column.STREET))
    whole = _ADDRESS.fullmatch(found.get(Column.ADDRESS, ""))
    if whole and not (typed and street):
        unit, typed, street = unit or (whole[1] or ""), typed or whole[2], street or whole[3]
    number = _NUMBER.fullmatch(typed)
    if len(street) > _LONGEST[Column.STREET]:
        raise BadRow(RowFault.TOO_LONG, street)
    return Place(
        number=int(number[1]) if number else 0,
        suffix=((number[2] or "") if number else "").replace("1/2", "½").upper(),
        unit=unit,
        street=street,
        city=found.get(Column.CITY, ""),
        postal_code=_postal_code(found.get(Column.POSTAL_CODE, "")),
    )


def _postal_code(text: str) -> str:
    if not text:
        return ""
    typed = read_postal_code(text)
    if typed is None or typed.code is None or len(typed.code) == FSA_LENGTH:
        raise BadRow(RowFault.POSTAL_CODE, text)
    return typed.code


def _name(found: Mapping[Column, str]) -> str:
    parts = (found.get(Column.FIRST_NAME, ""), found.get(Column.LAST_NAME, ""))
    name = found.get(Column.NAME) or " ".join(part for part in parts if part)
    if len(name) > _LONGEST[Column.NAME]:
        raise BadRow(RowFault.TOO_LONG, name)
    return name


def _language(text: str) -> str:
    word = text.lower()
    return "fr" if word in _FRENCH else "en" if word in _ENGLISH else ""


def _degrees(text: str) -> float:
    if not _DEGREES.fullmatch(text):
        raise BadRow(RowFault.POINT, text)
    return float(text.replace(",", ".").replace("−", "-"))
