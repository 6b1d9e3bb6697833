"""Checks of the project's own."""

from datetime import timedelta

import pytest

from coop4canada import checks
from coop4canada.kit import zones


def test_the_pinned_zone_files_know_the_changes_of_2026() -> None:
    assert checks.clock_rules_of_2026() == []


@pytest.mark.parametrize("zone", list(zones.WINTER_OF_2027))
def test_zone_files_that_miss_a_change_are_refused(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(zones.WINTER_OF_2027, zone, timedelta(hours=-12))

    assert [error.id for error in checks.clock_rules_of_2026()] == ["coop.E001"]
