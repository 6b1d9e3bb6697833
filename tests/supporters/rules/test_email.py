"""E-mail addresses as people type them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporters.rules.email import (
    Address,
    BadAddress,
    Reason,
    is_disposable,
    is_role_address,
    read_address,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
NEARLY_AN_ADDRESS = st.from_regex(r"[a-zé.+\"<>( -]{0,8}@?[a-zA-Z0-9é。\-\[\]:.\ud800]{0,16}\.?[a-z]{0,4}\s?")


@pytest.mark.parametrize(
    ("text", "typed", "key"),
    [
        ("amara@example.org", "amara@example.org", "amara@example.org"),
        ("  Amara@Example.ORG ", "Amara@example.org", "amara@example.org"),
        ("\u00a0amara@example.org\u200b", "amara@example.org", "amara@example.org"),
        ("\u202aamara@example.org\u202c", "amara@example.org", "amara@example.org"),  # out of an address book
        ("Amara.Okafor+vote@gmail.com", "Amara.Okafor+vote@gmail.com", "amaraokafor@gmail.com"),
        ("a.maraokafor@GoogleMail.com", "a.maraokafor@googlemail.com", "amaraokafor@gmail.com"),
        ("amara.okafor+2@shaw.ca", "amara.okafor+2@shaw.ca", "amara.okafor@shaw.ca"),
        ("+vote@shaw.ca", "+vote@shaw.ca", "+vote@shaw.ca"),
        ("amara+a+b@shaw.ca", "amara+a+b@shaw.ca", "amara@shaw.ca"),
        ("amara@me.com", "amara@me.com", "amara@icloud.com"),
        ("amara@pm.me", "amara@pm.me", "amara@proton.me"),
        ("o'brien@example.org", "o'brien@example.org", "o'brien@example.org"),
        ("=cmd@example.org", "=cmd@example.org", "=cmd@example.org"),
        ("PostMaster@example.org", "PostMaster@example.org", "postmaster@example.org"),
        ("amara@Cœurs.CA", "amara@xn--curs-g4a.ca", "amara@xn--curs-g4a.ca"),
        ("amara@xn--curs-g4a.ca", "amara@xn--curs-g4a.ca", "amara@xn--curs-g4a.ca"),
        ("amara@例え。jp", "amara@xn--r8jz45g.jp", "amara@xn--r8jz45g.jp"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_an_address_is_mailed_as_typed_and_known_by_its_key(text: str, typed: str, key: str) -> None:
    assert read_address(text) == Address(typed, key, typed.partition("@")[2])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.MISSING),
        (" \u00a0\u200b ", Reason.MISSING),
        ("amara@example.org\r\nBcc: everybody@example.org", Reason.CONTROL),
        ("amara@example.org\n", Reason.CONTROL),
        ("amara\x00@example.org", Reason.CONTROL),
        ("amara@example\x85.org", Reason.CONTROL),
        ("amara", Reason.AT_SIGN),
        ("amara＠example.org", Reason.AT_SIGN),
        ("amara@@example.org", Reason.AT_SIGN),
        ("a@b@example.org", Reason.AT_SIGN),
        ("amara@example.org, bruno@example.org", Reason.AT_SIGN),
        ("@example.org", Reason.LOCAL_PART),
        (".amara@example.org", Reason.LOCAL_PART),
        ("a..mara@example.org", Reason.LOCAL_PART),
        ("amara okafor@example.org", Reason.LOCAL_PART),
        ("Amara <amara@example.org>", Reason.LOCAL_PART),
        ('"amara okafor"@example.org', Reason.LOCAL_PART),
        ("amara%0d%0aBcc:x@example.org", Reason.LOCAL_PART),
        ("user%example.com@example.org", Reason.LOCAL_PART),
        ("example.com!user@example.org", Reason.LOCAL_PART),
        ("zoë@example.org", Reason.NOT_ASCII),
        ("am\u200bara@example.org", Reason.NOT_ASCII),
        ("\ud800@example.org", Reason.NOT_ASCII),
        ("amara@", Reason.DOMAIN),
        ("a@b", Reason.DOMAIN),
        ("a@-b.ca", Reason.DOMAIN),
        ("a@b.ca.", Reason.DOMAIN),
        ("a@b..ca", Reason.DOMAIN),
        ("a@b_c.ca", Reason.DOMAIN),
        ("a@\ud800.ca", Reason.DOMAIN),
        ("a@b\u202e.ca", Reason.DOMAIN),
        ("amara@[192.0.2.1]", Reason.DOMAIN),
        ("amara@[IPv6:2001:db8::1]", Reason.DOMAIN),
        ("amara@192.0.2.1", Reason.DOMAIN),
        ("amara@localhost", Reason.DOMAIN),
        ("amara@site.local", Reason.DOMAIN),
        ("a" * 65 + "@example.org", Reason.TOO_LONG),
        ("a@" + "b" * 250 + ".ca", Reason.TOO_LONG),
        ("a@" + "ééé." * 60 + "ca", Reason.DOMAIN),
        ("a@" + "b" * 64 + ".ca", Reason.DOMAIN),
        ("a" * 1_000_000, Reason.TOO_LONG),
    ],
)
def test_what_cannot_be_mailed_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    with pytest.raises(BadAddress) as refusal:
        read_address(text)

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("domain", "suggestion"),
    [
        ("gmial.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.ca", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("hotnail.com", "hotmail.com"),
        ("homtail.ca", "hotmail.ca"),
        ("hotmail.va", "hotmail.ca"),
        ("yaho.ca", "yahoo.ca"),
        ("yahooo.com", "yahoo.com"),
        ("outlok.com", "outlook.com"),
        ("iclould.com", "icloud.com"),
        ("Vidéotron.ca", "videotron.ca"),
        ("sympatco.ca", "sympatico.ca"),
        ("telus.ne", "telus.net"),
        ("live.cmo", "live.com"),
        ("cooperative.con", "cooperative.com"),
        ("mail.cooperative.cca", "mail.cooperative.ca"),
    ],
)
def test_a_slip_of_the_pen_is_offered_corrected(domain: str, suggestion: str) -> None:
    address = read_address(f"Amara+1@{domain}")

    assert address.suggestion == f"Amara+1@{suggestion}"
    assert address.typed.partition("@")[2] != suggestion


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "hotmail.fr", "yahoo.co.uk", "ymail.com", "mail.com", "email.com", "love.com", "telus.com"],
)
def test_a_domain_that_looks_right_gets_no_suggestion(domain: str) -> None:
    assert read_address(f"amara@{domain}").suggestion is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abuse@example.org", True),
        ("Postmaster@example.org", True),
        ("info+petition@example.org", True),
        ("no-reply@example.org", True),
        ("amara@example.org", False),
        ("abuse.amara@example.org", False),
    ],
)
def test_an_office_is_not_a_person(text: str, expected: bool) -> None:
    assert is_role_address(read_address(text)) is expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("mailinator.com", True),
        ("Eu.Mailinator.com", True),
        ("yopmail.fr", True),
        ("notmailinator.com", False),
        ("mailinator.com.example.org", False),
        ("gmail.com", False),
        ("", False),
    ],
)
def test_throw_away_domains_are_known_with_their_subdomains(domain: str, expected: bool) -> None:
    assert is_disposable(domain) is expected


@given(st.one_of(ANY_TEXT, NEARLY_AN_ADDRESS))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with contextlib.suppress(BadAddress):
        address = read_address(text)

        assert address.typed.isascii()
        assert read_address(address.typed) == address


@given(st.emails())
def test_an_address_keeps_its_key_when_the_key_is_read(text: str) -> None:
    with contextlib.suppress(BadAddress):
        key = read_address(text).key

        assert key == key.lower()
        assert read_address(key).key == key
