"""What makes a form worth a look."""

import pytest

from supporters.rules.suspicion import Signs, suspicions


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (Signs(), set()),
        (Signs(fills_trap=True), {"honeypot"}),
        (Signs(seconds_open=1.9), {"too_fast"}),
        (Signs(seconds_open=2.0), set()),
        (Signs(seconds_open=0.0), {"too_fast"}),
        (Signs(has_proof=False), {"no_proof"}),
        (Signs(verdict="block"), {"blocked"}),
        (Signs(is_disposable=True), {"disposable"}),
        (Signs(fills_trap=True, verdict="block"), {"honeypot", "blocked"}),
        (
            Signs(fills_trap=True, seconds_open=0.1, has_proof=False, verdict="allow", is_disposable=True),
            set(),
        ),
    ],
)
def test_signs_become_suspicions(signs: Signs, found: set[str]) -> None:
    assert suspicions(signs) == found
