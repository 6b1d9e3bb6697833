"""Amounts as people type them, to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.rules.amounts import BadAmount, Reason, read_amount, write_amount


def read(text: str) -> int:
    return read_amount(text, least_cents=500, most_cents=1_500_00)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("25", 2500),
        ("$25", 2500),
        ("25 $", 2500),
        ("19.99", 1999),
        ("19,99", 1999),
        ("12.5", 1250),
        ("12,5", 1250),
        ("1,250", 125_000),
        ("1,250.10", 125_010),
        ("1 250,10 $", 125_010),
        ("1\u202f250,10\u00a0$", 125_010),
        ("5", 500),
        ("1500.00", 150_000),
    ],
)
def test_an_amount_is_read_to_the_cent(text: str, cents: int) -> None:
    assert read(text) == cents


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.MISSING),
        ("  $ ", Reason.MISSING),
        ("ten", Reason.UNREADABLE),
        ("1e3", Reason.UNREADABLE),
        ("-25", Reason.UNREADABLE),
        ("25.999", Reason.UNREADABLE),
        ("1,2,3", Reason.UNREADABLE),
        ("٢٥", Reason.UNREADABLE),
        ("NaN", Reason.UNREADABLE),
        ("25; DROP TABLE", Reason.UNREADABLE),
        ("4.99", Reason.TOO_SMALL),
        ("0", Reason.TOO_SMALL),
        ("1500.01", Reason.TOO_LARGE),
        ("9" * 9, Reason.TOO_LARGE),
        ("9" * 40, Reason.UNREADABLE),
    ],
)
def test_what_is_no_amount_says_why(text: str, reason: Reason) -> None:
    with pytest.raises(BadAmount) as caught:
        read(text)

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("cents", "english", "french"),
    [
        (0, "$0", "0\u00a0$"),
        (1250, "$12.50", "12,50\u00a0$"),
        (125_000, "$1,250", "1\u202f250\u00a0$"),
        (-505, "−$5.05", "−5,05\u00a0$"),
    ],
)
def test_an_amount_is_written_as_each_language_does(cents: int, english: str, french: str) -> None:
    assert (write_amount(cents, "en"), write_amount(cents, "fr")) == (english, french)


@given(st.integers(500, 150_000), st.sampled_from(["en", "fr"]))
def test_what_is_written_is_read_back(cents: int, language: str) -> None:
    assert read(write_amount(cents, language)) == cents
