"""FED numbers."""

import pytest

from ridings.rules.fed_number import BadFedNumber, parse_fed_number, province_of


@pytest.mark.parametrize("text", [35075, "35075", " 35075 ", "35075.0", 35075.0])
def test_a_number_is_read_however_a_file_writes_it(text: object) -> None:
    assert parse_fed_number(text) == 35075


@pytest.mark.parametrize(
    "text", ["", None, "3507", "350750", "35.75", "abcde", "-3507", "35000", "36001", "99001", "٣٥٠٧٥"]
)
def test_what_is_no_number_is_refused(text: object) -> None:
    with pytest.raises(BadFedNumber, match="is not a FED number"):
        parse_fed_number(text)


@pytest.mark.parametrize(("number", "province"), [(10001, "NL"), (24078, "QC"), (59043, "BC"), (62001, "NU")])
def test_the_prefix_names_the_province(number: int, province: str) -> None:
    assert province_of(number) == province


def test_an_unknown_prefix_has_no_province() -> None:
    with pytest.raises(BadFedNumber, match="no province has that prefix"):
        province_of(12345678)
