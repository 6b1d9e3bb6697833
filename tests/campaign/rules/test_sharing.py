"""Links by which people pass something on."""

from urllib.parse import parse_qs, urlsplit

import pytest

from campaign.rules.sharing import filled, share_address

LINK = "https://example.org/p/1abc/"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("{title}: {count} – {link}", f"Cooperate: 1,234 – {LINK}"),
        ("Sign!", f"Sign! {LINK}"),
        ("", LINK),
        ("{title} {0} {nothing} {{}} {link}", f"Cooperate {{0}} {{nothing}} {{{{}}}} {LINK}"),
        ("{link} {link}", f"{LINK} {LINK}"),
    ],
)
def test_words_are_filled_in_and_never_lose_the_link(text: str, whole: str) -> None:
    assert filled(text, title="Cooperate", count="1,234", link=LINK) == whole


def test_a_title_with_braces_fills_in_nothing() -> None:
    assert filled("{title}", title="{link} {count}", count="1", link=LINK) == f"{{link}} {{count}} {LINK}"


@pytest.mark.parametrize(
    ("network", "host", "field"),
    [
        ("whatsapp", "wa.me", "text"),
        ("x", "x.com", "text"),
        ("bluesky", "bsky.app", "text"),
    ],
)
def test_every_network_gets_the_whole_text(network: str, host: str, field: str) -> None:
    text = f"À nous & à « vous » #100% +1\n{LINK}"

    address = urlsplit(share_address(network, text=text, subject="S", link=LINK))

    assert (address.scheme, address.hostname) == ("https", host)
    assert parse_qs(address.query) == {field: [text]}
    assert "+" not in address.query


def test_facebook_gets_the_link_alone() -> None:
    address = urlsplit(share_address("facebook", text="Sign!", subject="S", link=LINK))

    assert (address.hostname, parse_qs(address.query)) == ("www.facebook.com", {"u": [LINK]})


def test_a_mail_has_a_subject_and_breaks_lines_as_mail_does() -> None:
    address = share_address("email", text=f"Hello\n\n{LINK}", subject="À lire & signer", link=LINK)

    assert address.startswith("mailto:?subject=%C3%80%20lire%20%26%20signer&body=Hello%0D%0A%0D%0Ahttps%3A")
    assert parse_qs(urlsplit(address).query)["body"] == [f"Hello\r\n\r\n{LINK}"]


def test_a_network_that_nobody_knows_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        share_address("myspace", text="", subject="", link=LINK)
