import pytest

from volunteers.enums import Channel
from volunteers.enums.importing import Column
from volunteers.rules.contact_columns import guess_columns, is_of_electors, missing_columns


def test_columns_are_guessed_by_english_names() -> None:
    head = ["ID", "Civic No.", "Street Name", "Apt", "City", "Postal Code", "Lat", "Lng", "Colour"]

    guessed = guess_columns(head, Channel.DOOR)

    assert list(guessed) == [
        Column.SOURCE_ID, Column.NUMBER, Column.STREET, Column.UNIT, Column.CITY, Column.POSTAL_CODE,
        Column.LATITUDE, Column.LONGITUDE,
    ]  # fmt: skip
    assert list(guessed.values()) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_columns_are_guessed_by_french_names() -> None:
    head = [
        "Prénom",
        "Nom de famille",
        "N° de téléphone",
        "Téléphone",
        "Langue",
        "Circonscription",
        "Code postal",
    ]

    assert guess_columns(head, Channel.PHONE) == {
        Column.FIRST_NAME: 0, Column.LAST_NAME: 1, Column.PHONE: 3, Column.LANGUAGE: 4, Column.RIDING: 5,
        Column.POSTAL_CODE: 6,
    }  # fmt: skip


def test_a_column_of_the_other_channel_is_not_guessed() -> None:
    assert guess_columns(["Phone", "Street"], Channel.DOOR) == {Column.STREET: 1}


@pytest.mark.parametrize(
    ("columns", "channel", "has_riding", "missing"),
    [
        ([Column.PHONE], Channel.PHONE, True, 0),
        ([Column.PHONE], Channel.PHONE, False, 1),
        ([Column.PHONE, Column.POSTAL_CODE], Channel.PHONE, False, 0),
        ([Column.NAME, Column.RIDING], Channel.PHONE, False, 1),
        ([], Channel.DOOR, True, 5),
        ([Column.ADDRESS, Column.CITY, Column.LATITUDE, Column.LONGITUDE], Channel.DOOR, True, 0),
    ],
)
def test_what_is_missing(columns: list[Column], channel: Channel, *, has_riding: bool, missing: int) -> None:
    named = {column: position for position, column in enumerate(columns)}

    assert len(missing_columns(named, channel, has_riding=has_riding)) == missing


@pytest.mark.parametrize("name", ["Number", "Street", "Selector number", "Section", "Poll", "Vote"])
def test_other_columns_are_not_those_of_electors(name: str) -> None:
    assert not is_of_electors(name)
