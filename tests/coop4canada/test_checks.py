"""Checks of the project's own."""

from datetime import timedelta
from typing import Any

import pytest

from coop4canada import checks
from coop4canada.kit import zones


def test_the_pinned_zone_files_know_the_changes_of_2026() -> None:
    assert checks.clock_rules_of_2026() == []


@pytest.mark.parametrize("zone", list(zones.WINTER_OF_2027))
def test_zone_files_that_miss_a_change_are_refused(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(zones.WINTER_OF_2027, zone, timedelta(hours=-12))

    assert [error.id for error in checks.clock_rules_of_2026()] == ["coop.E001"]


@pytest.mark.parametrize(
    ("provider", "is_debug", "expected"),
    [("local", False, ["coop.E005"]), ("local", True, []), ("stripe", False, []), ("", False, [])],
)
def test_trial_cards_are_refused_in_production(
    settings: Any, provider: str, is_debug: bool, expected: list[str]
) -> None:
    settings.PAYMENT_PROVIDER, settings.DEBUG = provider, is_debug

    assert [error.id for error in checks.trial_cards_stay_in_development()] == expected


@pytest.mark.parametrize(
    ("key", "secret", "expected"),
    [
        ("", "", ["coop.E006", "coop.E007"]),
        ("rk_live_1", "", ["coop.E007"]),
        ("sk_test_1", "whsec_1", ["coop.W001"]),
        ("rk_live_1", "whsec_1", []),
    ],
)
def test_stripe_needs_key_and_secret(settings: Any, key: str, secret: str, expected: list[str]) -> None:
    settings.STRIPE_KEY, settings.STRIPE_WEBHOOK_SECRET = key, secret
    settings.PAYMENT_PROVIDER = "stripe"
    found = [error.id for error in checks.stripe_is_set_up()]
    settings.PAYMENT_PROVIDER = ""

    assert found == expected
    assert checks.stripe_is_set_up() == []
