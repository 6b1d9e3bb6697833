"""Candidates glued to their marks and labels."""

import pytest

from ridings.rules.ballot_line import (
    BallotLine,
    UnknownLabel,
    guess_label,
    is_acclaimed,
    labels_by_key,
    parse_ballot_line,
)

KNOWN = labels_by_key({
    "LPC": ["Liberal/Libéral"], "CPC": ["Conservative/conservateur"], "MARJ": ["Marijuana Party/Parti Marijuana"],
    "RAD": ["Radical Marijuana Party/Parti Marijuana"], "IND": ["Independent/Indépendant(e)"],
    "APP": ["Animal Alliance/Environment Voters/Animal Alliance/Environment Voters"],
})  # fmt: skip


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("R. John Efford ** Liberal/Libéral", BallotLine("R. John Efford", "Liberal/Libéral", "LPC", True)),
        ("Rick Dalton Conservative/Conservateur", BallotLine("Rick Dalton", "Conservative/Conservateur", "CPC", False)),
        ("  Ann   O'Neill  Independent/Indépendant(e) ", BallotLine("Ann O'Neill", "Independent/Indépendant(e)", "IND", False)),
        ("Al Radical Marijuana Party/Parti Marijuana", BallotLine("Al", "Radical Marijuana Party/Parti Marijuana", "RAD", False)),
        (
            "Liz White Animal Alliance/Environment Voters/Animal Alliance/Environment Voters",
            BallotLine("Liz White", "Animal Alliance/Environment Voters/Animal Alliance/Environment Voters", "APP", False),
        ),
    ],
)  # fmt: skip
def test_a_field_falls_into_its_parts(field: str, expected: BallotLine) -> None:
    assert parse_ballot_line(field, KNOWN) == expected


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("Jo Roe ** Moon Party/Parti Lune", "Moon Party/Parti Lune"),
        ("Jo Roe Moon Party/Parti Lune", "Moon Party/Parti Lune"),
        ("Jo Moon/Lune", "Moon/Lune"),
        ("no slash at all", "no slash at all"),
        ("", ""),
    ],
)
def test_an_unknown_label_is_guessed(field: str, label: str) -> None:
    with pytest.raises(UnknownLabel) as error:
        parse_ballot_line(field, KNOWN)

    assert error.value.label == guess_label(field) == label


@pytest.mark.parametrize(
    ("votes", "expected"),
    [("acclaimed/élu(e) par acclamation", True), ("Acclaimed", True), ("Élue par acclamation", True), ("12", False), ("", False)],
)  # fmt: skip
def test_acclamations_are_known_in_both_languages(votes: str, *, expected: bool) -> None:
    assert is_acclaimed(votes) is expected
