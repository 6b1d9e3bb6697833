"""One spelling for an address however it is written."""

import pytest

from volunteers.rules.addresses import address_key, street_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("12th Avenue East", "12th ave e"),
        ("12TH AVE. E", "12th ave e"),
        ("Chemin de la Montée-Sainte-Thérèse", "ch de la mtee ste therese"),
        ("boul. René-Lévesque O.", "blvd rene levesque w"),
        ("", ""),
    ],
)
def test_street_key_is_one_spelling(written: str, key: str) -> None:
    assert street_key(written) == key


def test_address_key_knows_units_and_suffixes_however_written() -> None:
    plain = address_key(number=12, suffix="A", unit="4", street="Main Street", place="K1A0B1")
    assert plain == "12|a|4|main st|k1a0b1"
    assert address_key(number=12, suffix="a", unit="Apt #4", street="MAIN ST", place="k1a 0b1") == (
        "12|a|4|main st|k1a 0b1"
    )


def test_address_key_keeps_dwellings_apart() -> None:
    keys = {
        address_key(number=number, suffix=suffix, unit=unit, street=street, place=place)
        for number in (1, 11)
        for suffix in ("", "1", "½")
        for unit in ("", "1")
        for street in ("Main St", "Main St E")
        for place in ("Ottawa", "Kingston")
    }
    assert len(keys) == 2 * 3 * 2 * 2 * 2
