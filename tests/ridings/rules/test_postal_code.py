"""Postal codes as people type them."""

import pytest

from ridings.rules.postal_code import read_postal_code, spaced


@pytest.mark.parametrize(
    "text", ["K1A 0B1", "k1a0b1", " K1A-0B1 ", "k1A  0b1", "K1A\t0B1", "K1A–0B1", "K1A\u00a00B1"]
)
def test_any_spacing_and_case_is_the_same_code(text: str) -> None:
    typed = read_postal_code(text)

    assert typed is not None
    assert (typed.code, typed.is_fsa) == ("K1A0B1", False)


def test_the_first_three_characters_are_an_area() -> None:
    typed = read_postal_code("m5v")

    assert typed is not None
    assert (typed.code, typed.is_fsa) == ("M5V", True)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("D1A 1A1", None),  # D never occurs
        ("W1A 1A1", None),  # W never first
        ("K1A OB1", "K1A0B1"),  # letter O for zero
        ("KIA 0BI", "K1A0B1"),  # letter I for one
        ("K1A 0B", None),  # cut short
    ],
)
def test_an_attempt_that_is_no_code_is_refused_with_what_may_be_meant(text: str, hint: str | None) -> None:
    typed = read_postal_code(text)

    assert typed is not None
    assert (typed.code, typed.hint) == (None, hint)


@pytest.mark.parametrize(
    "text", ["", "Toronto", "10001", "K1A 0B1 0B1", "Ottawa K1A 0B1", "'; DROP TABLE", "90210"]
)
def test_other_words_are_not_read_as_a_code(text: str) -> None:
    assert read_postal_code(text) is None


def test_a_code_is_written_with_a_space() -> None:
    assert (spaced("K1A0B1"), spaced("K1A")) == ("K1A 0B1", "K1A")
