"""Which decision leads where, cell by cell; sites; doubts."""

import pytest

from campaign.enums import Decision, OrganizationState
from campaign.rules.doubts import doubts_about, is_probably_robot
from campaign.rules.review import decisions_in, mail_about, needs_reason, state_after
from campaign.rules.website import BadWebsite, Reason, host_of, read_website

MOVES = {
    ("pending", "approve"): "approved",
    ("pending", "decline"): "declined",
    ("pending", "discard"): "declined",
    ("pending", "reopen"): None,
    ("approved", "approve"): None,
    ("approved", "decline"): "declined",
    ("approved", "discard"): None,
    ("approved", "reopen"): "pending",
    ("declined", "approve"): None,
    ("declined", "decline"): None,
    ("declined", "discard"): None,
    ("declined", "reopen"): "pending",
}


def test_every_cell_of_the_table() -> None:
    found = {
        (state, decision): state_after(state, decision)
        for state in OrganizationState
        for decision in Decision
    }

    assert found == MOVES


@pytest.mark.parametrize("state", OrganizationState.values)
def test_what_is_offered_can_be_taken(state: str) -> None:
    assert {decision.value for decision in decisions_in(state)} == {
        decision for (at, decision), to in MOVES.items() if at == state and to
    }


def test_reasons_and_mails() -> None:
    assert [decision.value for decision in Decision if needs_reason(decision)] == ["decline", "reopen"]
    assert [mail_about(decision) for decision in Decision] == ["approved", "declined", "", ""]


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("https://example.org", "https://example.org/"),
        ("  example.org/about?x=1#y ", "https://example.org/about?x=1#y"),
        ("HTTPS://WWW.Example.ORG/", "https://www.example.org/"),
        ("https://élan.example/", "https://xn--lan-9la.example/"),
    ],
)
def test_a_site_is_read(typed: str, site: str) -> None:
    assert read_website(typed) == site


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.MISSING),
        ("http://example.org", Reason.NOT_HTTPS),
        ("javascript:alert(1)", Reason.NOT_HTTPS),
        ("data:text/html,x", Reason.NOT_HTTPS),
        ("ftp://example.org", Reason.NOT_HTTPS),
        ("https://", Reason.NOT_A_SITE),
        ("https://localhost/", Reason.NOT_A_SITE),
        ("https://127.0.0.1/", Reason.NOT_A_SITE),
        ("https://[::1]/", Reason.NOT_A_SITE),
        ("https://[bad/", Reason.NOT_A_SITE),
        ("https://example.org:8443/", Reason.NOT_A_SITE),
        ("example.org:8443", Reason.NOT_A_SITE),
        ("https://example.org@evil.example/", Reason.NOT_A_SITE),
        ("https://exa mple.org/", Reason.NOT_A_SITE),
        ('https://example.org/"onload=', Reason.NOT_A_SITE),
        ("https://example.org/\r\nX: y", Reason.NOT_A_SITE),
        ("https://example.org/\N{RIGHT-TO-LEFT OVERRIDE}gro", Reason.NOT_A_SITE),
        ("https://-a.example/", Reason.NOT_A_SITE),
        ("https://example.org/" + "x" * 200, Reason.TOO_LONG),
    ],
)
def test_what_is_no_site_is_refused(typed: str, reason: Reason) -> None:
    with pytest.raises(BadWebsite) as refused:
        read_website(typed)

    assert refused.value.reason == reason


def test_hosts_are_compared_without_www() -> None:
    assert host_of("https://www.example.org/a") == host_of("https://example.org/")


@pytest.mark.parametrize(
    ("changes", "doubts", "is_robot"),
    [
        ({}, set(), False),
        ({"fills_trap": True}, {"trap"}, True),
        ({"seconds_open": 1.9}, {"fast"}, True),
        ({"seconds_open": None}, set(), False),
        ({"has_proof": False}, {"no_proof"}, False),
        ({"verdict": "block"}, {"blocked"}, True),
        ({"verdict": "allow", "fills_trap": True}, set(), False),
    ],
)
def test_doubts(changes: dict[str, object], doubts: set[str], is_robot: bool) -> None:
    signs: dict[str, object] = {"fills_trap": False, "seconds_open": 9.0, "has_proof": True, "verdict": None}

    found = doubts_about(**{**signs, **changes})  # type: ignore[arg-type]  # a table of changes

    assert (set(found), is_probably_robot(found)) == (doubts, is_robot)
