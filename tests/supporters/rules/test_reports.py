"""What follows from a provider's report."""

import pytest

from supporters.rules.reports import Consequence, consequence_of, is_taken


@pytest.mark.parametrize(
    ("kind", "reason", "detail", "consequence"),
    [
        ("bounced", "bounced", "HardBounce", Consequence.BOUNCED),
        ("bounced", "invalid", "", Consequence.BOUNCED),
        ("rejected", "invalid", "BadEmailAddress", Consequence.BOUNCED),
        ("rejected", "bounced", "", Consequence.BOUNCED),
        ("bounced", "bounced", "SoftBounce", Consequence.NOTHING),
        ("bounced", "bounced", "soft_bounce", Consequence.NOTHING),
        ("bounced", "other", "VirusNotification", Consequence.NOTHING),
        ("rejected", "blocked", "", Consequence.NOTHING),
        ("rejected", "spam", "", Consequence.COMPLAINED),
        ("complained", "spam", "", Consequence.COMPLAINED),
        ("complained", "", "", Consequence.COMPLAINED),
        ("unsubscribed", "", "", Consequence.UNSUBSCRIBED),
        ("deferred", "", "", Consequence.NOTHING),
        ("delivered", "", "", Consequence.NOTHING),
        ("opened", "", "", Consequence.NOTHING),
        ("autoresponded", "", "AutoResponder", Consequence.NOTHING),
        ("unknown", "", "", Consequence.NOTHING),
    ],
)
def test_consequence(kind: str, reason: str, detail: str, consequence: Consequence) -> None:
    assert consequence_of(kind, reason, detail) == consequence


@pytest.mark.parametrize(
    ("kind", "taken"),
    [("queued", True), ("delivered", True), ("bounced", True), ("rejected", False), ("failed", False)],
)
def test_what_bounced_was_taken_first(kind: str, taken: bool) -> None:
    assert is_taken(kind) is taken
