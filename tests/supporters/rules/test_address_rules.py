"""Exceptions that organizers make for addresses."""

import pytest

from supporters.rules.address_rules import Rule, rule_book

RULES = [
    Rule("block", "email", "spam*@example.org"),
    Rule("block", "domain", "*.bad.example"),
    Rule("block", "domain", "Evil.example"),
    Rule("block", "network", "203.0.113.0/24"),
    Rule("block", "network", "2001:db8:bad::/48"),
    Rule("block", "network", "not a network"),
    Rule("block", "email", " "),
    Rule("allow", "email", "spam-fighter@example.org"),
    Rule("allow", "network", "203.0.113.7"),
    Rule("allow", "domain", "good.bad.example"),
]


@pytest.mark.parametrize(
    ("email", "origin", "verdict"),
    [
        ("amara@example.org", "192.0.2.1", None),
        ("spammer@example.org", "192.0.2.1", "block"),
        ("SPAM1@EXAMPLE.ORG", "192.0.2.1", "block"),
        ("nospam@example.org", "192.0.2.1", None),
        ("spam-fighter@example.org", "192.0.2.1", "allow"),
        ("amara@mail.bad.example", "192.0.2.1", "block"),
        ("amara@bad.example", "192.0.2.1", None),
        ("amara@good.bad.example", "192.0.2.1", "allow"),
        ("amara@evil.example", "192.0.2.1", "block"),
        ("amara@evilXexample", "192.0.2.1", None),
        ("amara@example.org", "203.0.113.8", "block"),
        ("amara@example.org", "203.0.113.7", "allow"),
        ("amara@example.org", "2001:db8:bad:1::1", "block"),
        ("amara@example.org", "2001:db8:900d::1", None),
        ("amara@example.org", "", None),
    ],
)
def test_rules_speak_of_addresses(email: str, origin: str, verdict: str | None) -> None:
    domain = email.partition("@")[2]

    assert rule_book(RULES).verdict_on(emails=(email,), domain=domain, origin=origin) == verdict


def test_without_rules_nothing_is_said() -> None:
    assert rule_book([]).verdict_on(emails=("",), domain="", origin="192.0.2.1") is None
