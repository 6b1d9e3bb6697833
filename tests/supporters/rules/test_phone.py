"""Telephone numbers as people type them."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.rules.phone import BadPhone, Reason, read_phone, shown_phone

NEARLY_A_NUMBER = st.from_regex(r"\+?[0-9 ().x#/;=pet*-]{0,20}")


@pytest.mark.parametrize(
    "text",
    [
        "604-555-0199",
        "(604) 555 0199",
        "6045550199",
        "1 604 555 0199",
        "+1 (604) 555-0199",
        "604–555–0199",
        " 604\u00a0555\u00a00199 ",
        "\u202a+1 604 555-0199\u202c",
        "＋１６０４５５５０１９９",
    ],
)
def test_any_writing_is_the_same_number(text: str) -> None:
    assert read_phone(text) == "+16045550199"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("867 979 1234", "+18679791234"),  # Iqaluit
        ("+1 212 555 0199", "+12125550199"),
    ],
)
def test_numbers_of_all_canada_and_the_united_states_are_read(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.MISSING),
        (" \u00a0\u200b", Reason.MISSING),
        ("+1 (604) 555-0199 ext 3", Reason.EXTENSION),
        ("604-555-0199 x3", Reason.EXTENSION),
        ("604-555-0199 #3", Reason.EXTENSION),
        ("604-555-0199 poste 3", Reason.EXTENSION),
        ("604 555 0199, Poste 3", Reason.EXTENSION),
        ("604-555-0199 p. 3", Reason.EXTENSION),
        ("604 555 019", Reason.INVALID),
        ("555-0199", Reason.INVALID),
        ("911", Reason.INVALID),
        ("999 555 0199", Reason.INVALID),
        ("604-FLOWERS", Reason.INVALID),
        ("call 604 555 0199", Reason.INVALID),
        ("604 555 0199 / 604 555 0200", Reason.INVALID),
        ("=6045550199", Reason.INVALID),
        ("604\n555\n0199", Reason.INVALID),
        ("6045550199\x00", Reason.INVALID),
        ("\ud8006045550199", Reason.INVALID),
        ("1" * 1_000_000, Reason.INVALID),
        ("amara@example.org", Reason.INVALID),
        ("+44 20 7946 0958", Reason.FOREIGN),
        ("011 44 20 7946 0958", Reason.FOREIGN),
        ("+33 6 12 34 56 78", Reason.FOREIGN),
        ("+1 876 555 0123", Reason.FOREIGN),  # Jamaica
        ("+1 787 555 0123", Reason.FOREIGN),  # Puerto Rico
        ("1-800-555-0199", Reason.TOLL_FREE),
        ("+1 833 645 1234", Reason.TOLL_FREE),
        ("1-900-555-1234", Reason.PREMIUM),
        ("600 555 1234", Reason.PREMIUM),
        ("416 976 1234", Reason.PREMIUM),
        ("1 500 345 6789", Reason.PREMIUM),
    ],
)
def test_what_we_do_not_call_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(BadPhone) as refusal:
        read_phone(text)

    assert refusal.value.reason == reason


@given(st.one_of(st.text(st.characters(exclude_categories=[])), NEARLY_A_NUMBER))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with contextlib.suppress(BadPhone):
        number = read_phone(text)

        assert re.fullmatch(r"\+1[2-9][0-9]{9}", number)
        assert read_phone(number) == number


def test_a_number_is_shown_as_people_read_it() -> None:
    assert shown_phone("+16045550199") == "(604) 555-0199"


def test_an_organizations_number_may_be_toll_free() -> None:
    assert read_phone("1-800-463-6868", of_organization=True) == "+18004636868"
