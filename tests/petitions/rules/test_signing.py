"""When a petition is open and what a signature may become."""

from datetime import UTC, datetime, timedelta

import pytest

from petitions.enums import SignatureState
from petitions.rules.signing import (
    MOVES,
    Opening,
    Schedule,
    Step,
    may_become,
    may_confirm,
    opening,
    state_on_confirming,
    step_for,
    waits_for_owner,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def schedule(
    *,
    published: bool = True,
    opens: timedelta = -DAY,
    closes: timedelta | None = DAY,
    back: timedelta | None = None,
) -> Schedule:
    return Schedule(
        published, NOW + opens, None if closes is None else NOW + closes, None if back is None else NOW + back
    )


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (schedule(), Opening.OPEN),
        (schedule(closes=None), Opening.OPEN),
        (schedule(published=False), Opening.DRAFT),
        (schedule(opens=timedelta(0)), Opening.OPEN),
        (schedule(opens=MINUTE), Opening.UPCOMING),
        (schedule(closes=timedelta(0)), Opening.CLOSED),
        (schedule(closes=MINUTE), Opening.OPEN),
        (schedule(back=timedelta(0)), Opening.WITHDRAWN),
        (schedule(back=MINUTE), Opening.OPEN),
        (schedule(published=False, back=-DAY), Opening.DRAFT),
    ],
)
def test_opening_at_every_border(times: Schedule, expected: Opening) -> None:
    assert opening(times, NOW) == expected


@pytest.mark.parametrize(
    ("times", "allowed"),
    [
        (schedule(), True),
        (schedule(closes=-DAY + MINUTE), True),
        (schedule(closes=-DAY), False),
        (schedule(opens=MINUTE), False),
        (schedule(published=False), False),
        (schedule(back=-MINUTE), False),
    ],
)
def test_confirming_is_honoured_for_a_day_after_closing(times: Schedule, allowed: bool) -> None:
    assert may_confirm(times, NOW) is allowed


ALLOWED = {
    ("pending", "confirmed"), ("pending", "held"), ("pending", "invalid"), ("pending", "withdrawn"),
    ("confirmed", "held"), ("confirmed", "invalid"), ("confirmed", "withdrawn"),
    ("held", "confirmed"), ("held", "pending"), ("held", "invalid"), ("held", "withdrawn"),
    ("invalid", "confirmed"), ("invalid", "pending"), ("invalid", "held"),
    ("withdrawn", "pending"),
}  # fmt: skip


@pytest.mark.parametrize("state", SignatureState.values)
@pytest.mark.parametrize("target", SignatureState.values)
def test_every_move_is_decided(state: str, target: str) -> None:
    assert may_become(state, target) is ((state, target) in ALLOWED)


def test_the_table_knows_every_state() -> None:
    assert set(MOVES) == set(SignatureState.values)


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
def test_only_weighty_doubts_hold_a_confirmed_signature(
    suspicion: str, needs_proof: bool, state: str
) -> None:
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
