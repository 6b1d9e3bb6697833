import random

import pytest

from supporters.rules.phone import BadPhone, read_phone
from volunteers.enums.importing import Column, RowFault
from volunteers.rules.contact_rows import BadRow, DoorRow, PhoneReader, Place, RowReader

DOOR = {
    Column.SOURCE_ID: 0, Column.NUMBER: 1, Column.STREET: 2, Column.UNIT: 3, Column.CITY: 4,
    Column.POSTAL_CODE: 5, Column.LATITUDE: 6, Column.LONGITUDE: 7,
}  # fmt: skip
PERSON = {Column.NAME: 0, Column.PHONE: 1, Column.LANGUAGE: 2, Column.ADDRESS: 3, Column.POSTAL_CODE: 4}
GOOD_DOOR = ["7", "12A", "Main St", "4", "Ottawa", "K1A 0B1", "45.4", "-75.7"]


def door_fault(position: int, cell: str) -> tuple[str, str]:
    cells = [*GOOD_DOOR[:position], cell, *GOOD_DOOR[position + 1 :]]
    with pytest.raises(BadRow) as caught:
        RowReader(DOOR, 8).door(cells)
    return caught.value.fault, caught.value.cell


def test_a_door_is_read() -> None:
    place = Place(12, "A", "4", "Main St", "Ottawa", "K1A0B1")

    assert RowReader(DOOR, 8).door(GOOD_DOOR) == DoorRow("7", place, 45.4, -75.7)


@pytest.mark.parametrize(
    ("position", "cell", "fault"),
    [
        (1, "", RowFault.NUMBER), (1, "Main", RowFault.NUMBER), (1, "1234567", RowFault.NUMBER), (1, "0", RowFault.NUMBER),
        (2, "", RowFault.STREET), (2, "=1+1", RowFault.FORMULA), (2, "@SUM(A1)", RowFault.FORMULA),
        (2, "-2+3", RowFault.FORMULA), (2, "x" * 121, RowFault.TOO_LONG), (3, "y" * 21, RowFault.TOO_LONG),
        (4, "Otta\x07wa", RowFault.CONTROL), (5, "K1A", RowFault.POSTAL_CODE), (5, "90210", RowFault.POSTAL_CODE),
        (6, "", RowFault.POINT), (6, "north", RowFault.POINT), (6, "91", RowFault.POINT), (7, "181", RowFault.POINT),
        (7, "nan", RowFault.POINT), (7, "=-75", RowFault.FORMULA),
    ],
)  # fmt: skip
def test_a_bad_door_says_why(position: int, cell: str, fault: RowFault) -> None:
    assert door_fault(position, cell)[0] == fault


def test_a_door_needs_municipality_or_postal_code() -> None:
    with pytest.raises(BadRow) as caught:
        RowReader(DOOR, 8).door([*GOOD_DOOR[:4], "", "", *GOOD_DOOR[6:]])

    assert caught.value.fault == RowFault.PLACE


def test_a_row_with_more_cells_than_the_head_is_bad_and_a_shorter_one_lacks_what_it_lacks() -> None:
    with pytest.raises(BadRow) as longer:
        RowReader(DOOR, 8).door([*GOOD_DOOR, "more"])
    with pytest.raises(BadRow) as shorter:
        RowReader(DOOR, 8).door(GOOD_DOOR[:6])

    assert (longer.value.fault, shorter.value.fault) == (RowFault.CELLS, RowFault.POINT)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("123 Main St W", (123, "", "", "Main St W")),
        ("4-123A Main St", (123, "A", "4", "Main St")),
        ("12 1/2, rue Sainte-Anne", (12, "½", "", "rue Sainte-Anne")),
        ("Main St", (0, "", "", "")),
    ],
)
def test_an_address_in_one_column_is_taken_apart(address: str, place: tuple[int, str, str, str]) -> None:
    person = RowReader(PERSON, 5).person(["Ann", "613-555-0123", "F", address, ""])

    found = person.place
    assert (found.number, found.suffix, found.unit, found.street) == place
    assert (person.phone, person.language) == ("+16135550123", "fr")


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("", RowFault.PHONE_MISSING), ("555-0123", RowFault.PHONE), ("800-555-0123", RowFault.PHONE),
        ("613-555-0123 ext 4", RowFault.PHONE), ("+33 1 42 68 53 00", RowFault.PHONE), ("=613", RowFault.FORMULA),
        ("1-900-555-0123", RowFault.PHONE), ("613-976-0123", RowFault.PHONE),
    ],
)  # fmt: skip
def test_a_bad_phone_says_why(phone: str, fault: RowFault) -> None:
    with pytest.raises(BadRow) as caught:
        RowReader(PERSON, 5).person(["Ann", phone, "", "", ""])

    assert caught.value.fault == fault


def slowly(text: str) -> str:
    try:
        return read_phone(text)
    except BadPhone as error:
        return error.reason.value


def quickly(reader: PhoneReader, text: str) -> str:
    try:
        return reader.read(text)
    except BadPhone as error:
        return error.reason.value


def test_the_quick_reader_agrees_with_the_careful_one() -> None:
    # Few first digits, so that most numbers are decided by what was found out about another.
    dice, reader = random.Random(7), PhoneReader()
    starts = [f"{dice.randrange(200, 1000)}{dice.randrange(1000):03}" for _start in range(120)]
    starts += [
        "613555",
        "613976",
        "310310",
        "800555",
        "900555",
        "500222",
        "600555",
        "242555",
        "911911",
        "204211",
    ]
    forms = ("{0}{1}{2}", "({0}) {1}-{2}", "+1 {0}.{1}.{2}", "1-{0}-{1}-{2}", "{0} {1} {2}")
    texts = [
        dice.choice(forms).format(start[:3], start[3:], f"{dice.randrange(10_000):04}")
        for start in starts
        for _number in range(25)
    ]

    assert [quickly(reader, text) for text in texts] == [slowly(text) for text in texts]
    assert len({slowly(text) for text in texts}) > 100
