"""Every reason as a sentence, in both languages."""

from typing import Any

import pytest
from django.utils import translation

from campaign.models import Party
from ridings.queries.sentences import SENTENCES, sentence

PARTIES = {
    code: Party(code=code, phrase_en=english, phrase_fr=french)
    for code, english, french in (
        ("CPC", "the Conservatives", "les conservateurs"),
        ("LPC", "the Liberals", "les libéraux"),
        ("NDP", "the NDP", "le NPD"),
    )
}
LAST: dict[str, Any] = {"winner": "CPC", "runner_up": "LPC", "lead": 0.042, "year": 2025}
LOCAL: dict[str, Any] = {
    "firm": "Oracle Poll",
    "ended_on": "2026-11-20",
    "sample": 1450,
    "count": 1,
    "target": "CPC",
    "share": 0.31,
    "weight": 0.42,
    "before": 0.402,
    "after": 0.364,
}

CASES: list[tuple[str, dict[str, Any], str]] = [
    (
        "last_result",
        {**LAST, "third": "NDP", "third_share": 0.113},
        "The Conservatives won by 4.2 points over the Liberals in 2025; 11.3 points went to the NDP.",
    ),
    (
        "last_result",
        {**LAST, "third": None, "third_share": None},
        "The Conservatives won by 4.2 points over the Liberals in 2025.",
    ),
    (
        "last_result",
        {**LAST, "runner_up": None, "third": None, "third_share": None},
        "The Conservatives won without an opponent in 2025.",
    ),
    (
        "target_lead_small",
        {"limit": 0.15, "runner_up": "LPC"},
        "That is a lead of less than 15.0 points with the Liberals, a cooperating party, second.",
    ),
    (
        "partner_lead_small",
        {"limit": 0.05, "target": "CPC"},
        "That is a cooperating party’s lead of less than 5.0 points with the Conservatives second.",
    ),
    (
        "projected_drop",
        {"target": "CPC", "drop": 0.081, "lead": -0.02},
        "Recent projections show the Conservatives down by 8.1 points here, now 2.0 points behind.",
    ),
    (
        "projected_drop",
        {"target": "CPC", "drop": 0.081, "lead": 0.1},
        "Recent projections show the Conservatives down by 8.1 points here, their lead cut to 10.0 points.",
    ),
    (
        "leverage",
        {"target": "CPC", "best": "LPC", "chance": 0.62, "together": 0.404, "moved": 1 / 3},
        (
            "By today’s projection the chance that the Conservatives win here is 62 %; if 33 % of the other "
            "partners’ voters moved to the Liberals, it would be 40 %."
        ),
    ),
    ("scenario", {"shift": 0.03}, "A change of 3.0 points in the polls would make cooperation count here."),
    (
        "waiting",
        {"computed": "emerging", "shown": "swing"},
        "The newest numbers alone say “Emerging battleground”; the map changes when the next ones confirm it.",
    ),
    (
        "local_poll",
        LOCAL,
        (
            "A local poll counts here: Oracle Poll, in the field until Nov. 20, 2026, 1,450 decided and leaning voters. "
            "The Conservatives: 31.0 % by local polling, which weighs 42 % against the swing of the region; that moves the "
            "projection from 40.2 to 36.4 %."
        ),
    ),
    (
        "local_poll",
        {**LOCAL, "count": 2, "share": None, "weight": None},
        (
            "2 local polls count here, the newest by Oracle Poll, in the field until Nov. 20, 2026, 1,450 decided and "
            "leaning voters."
        ),
    ),
    ("override", {"en": "Local deal", "fr": "Entente"}, "Decided by the organizers: Local deal"),
    ("rule_not_met", {}, "Vote splitting is less likely to decide this riding."),
    ("leverage_small", {}, "Cooperation would change little here."),
    ("no_votes", {}, "There is no count of votes for this riding, so it cannot be classified."),
]


@pytest.mark.parametrize(("code", "values", "expected"), CASES)
def test_a_reason_is_a_plain_english_sentence(code: str, values: dict[str, Any], expected: str) -> None:
    with translation.override("en"):
        assert sentence({"code": code, "values": values}, PARTIES) == expected


@pytest.mark.parametrize(("code", "values", "english"), CASES)
def test_every_reason_is_said_in_french(code: str, values: dict[str, Any], english: str) -> None:
    with translation.override("fr"):
        french = sentence({"code": code, "values": values}, PARTIES)

    assert french != english
    assert "Conservatives" not in french
    assert "%(" not in french


def test_no_reason_lacks_a_case() -> None:
    assert {code for code, _values, _sentence in CASES} == set(SENTENCES)


def test_french_figures_carry_a_comma_and_the_override_its_french_reason() -> None:
    with translation.override("fr"):
        first = sentence(
            {"code": "last_result", "values": {**LAST, "third": None, "third_share": None}}, PARTIES
        )
        decided = sentence({"code": "override", "values": {"en": "Local deal", "fr": "Entente"}}, PARTIES)

    assert first == "En tête en 2025\u00a0: les conservateurs, 4,2 points devant les libéraux."
    assert decided.endswith("Entente")
