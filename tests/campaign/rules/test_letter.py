"""A letter of one's own: its end, and a link that every mail program opens."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.rules.letter import LONGEST_LINK, mail_link, whole_text


@pytest.mark.parametrize(("place", "end"), [("Gimli", "Sincerely,\nZoë\nGimli"), ("", "Sincerely,\nZoë")])
def test_a_letter_ends_with_who_wrote_it(place: str, end: str) -> None:
    assert whole_text(" Dear you,\n\nhello. \n", closing="Sincerely,", name="Zoë", place=place) == (
        f"Dear you,\n\nhello.\n\n{end}"
    )


def test_the_link_carries_letter_and_address() -> None:
    link = mail_link(
        to="leader+1@party.example", subject="Coopérez & agissez?", text="À vous,\n\n100 % = tout."
    )

    assert link.holds_text
    assert link.address == (
        "mailto:leader%2B1@party.example?subject=Coop%C3%A9rez%20%26%20agissez%3F"
        "&body=%C3%80%20vous%2C%0D%0A%0D%0A100%20%25%20%3D%20tout."
    )


def test_without_an_address_the_mail_program_asks() -> None:
    assert mail_link(to="", subject="S", text="T").address == "mailto:?subject=S&body=T"


def test_a_long_letter_is_not_cut_but_left_out() -> None:
    base = len(mail_link(to="", subject="S", text="").address)
    fits = mail_link(to="", subject="S", text="x" * (LONGEST_LINK - base))
    too_long = mail_link(to="", subject="S", text="x" * (LONGEST_LINK - base + 1))

    assert (fits.holds_text, len(fits.address)) == (True, LONGEST_LINK)
    assert (too_long.holds_text, too_long.address) == (False, "mailto:?subject=S")


@given(st.text(max_size=150), st.text(max_size=400))
def test_nothing_that_is_written_becomes_another_field(subject: str, text: str) -> None:
    subject, text = (part.encode(errors="ignore").decode() for part in (subject, text))
    link = mail_link(to="leader@party.example", subject=subject, text=text)

    assert len(link.address) <= LONGEST_LINK
    assert "#" not in link.address
    assert unquote(urlsplit(link.address).path) == "leader@party.example"
    assert set(parse_qs(urlsplit(link.address).query, keep_blank_values=True)) <= {"subject", "body"}
