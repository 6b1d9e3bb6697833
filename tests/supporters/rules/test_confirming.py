"""What becomes of an entry."""

import pytest

from supporters.enums import EntryState
from supporters.rules.confirming import (
    MOVES,
    Step,
    may_become,
    state_on_accepting,
    state_on_confirming,
    step_for,
    waits_for_owner,
)

ALLOWED = {
    ("pending", "confirmed"), ("pending", "held"), ("pending", "invalid"), ("pending", "withdrawn"),
    ("confirmed", "held"), ("confirmed", "invalid"), ("confirmed", "withdrawn"),
    ("held", "confirmed"), ("held", "pending"), ("held", "invalid"), ("held", "withdrawn"),
    ("invalid", "confirmed"), ("invalid", "pending"), ("invalid", "held"),
    ("withdrawn", "pending"),
}  # fmt: skip


@pytest.mark.parametrize("state", EntryState.values)
@pytest.mark.parametrize("target", EntryState.values)
def test_every_move_is_decided(state: str, target: str) -> None:
    assert may_become(state, target) is ((state, target) in ALLOWED)


def test_the_table_knows_every_state() -> None:
    assert set(MOVES) == set(EntryState.values)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (None, Step.CREATE),
        ("pending", Step.UPDATE),
        ("withdrawn", Step.REVIVE),
        ("confirmed", Step.REMIND),
        ("held", Step.REMIND),
        ("invalid", Step.NOTHING),
    ],
)
def test_what_a_form_leads_to(state: str | None, step: Step) -> None:
    assert step_for(state) == step


@pytest.mark.parametrize(
    ("suspicion", "needs_proof", "state"),
    [
        ("", False, "confirmed"),
        ("", True, "confirmed"),
        ("no_proof", False, "confirmed"),
        ("no_proof", True, "held"),
        ("disposable", False, "confirmed"),
        ("disposable", True, "confirmed"),
        ("honeypot", False, "held"),
        ("too_fast", False, "confirmed"),
        ("too_fast no_proof", False, "held"),
        ("too_fast honeypot", False, "held"),
        ("blocked", False, "held"),
        ("bounced", False, "held"),
        ("disposable no_proof", False, "confirmed"),
        ("honeypot no_proof", False, "held"),
    ],
)
def test_only_weighty_doubts_hold_a_confirmed_entry(suspicion: str, needs_proof: bool, state: str) -> None:
    assert state_on_confirming(frozenset(suspicion.split()), needs_proof=needs_proof) == state


@pytest.mark.parametrize(
    ("state", "unconfirmed", "confirmed"),
    [
        ("pending", True, True),
        ("confirmed", False, False),
        ("held", True, False),
        ("invalid", True, False),
        ("withdrawn", False, False),
    ],
)
def test_owners_are_waited_for_whatever_organizers_think(
    state: str, unconfirmed: bool, confirmed: bool
) -> None:
    answers = [waits_for_owner(state, has_confirmed=has_confirmed) for has_confirmed in (False, True)]

    assert answers == [unconfirmed, confirmed]


def test_what_organizers_accept_counts_once_its_owner_has_answered() -> None:
    assert [state_on_accepting(has_confirmed=said) for said in (True, False)] == ["confirmed", "pending"]
