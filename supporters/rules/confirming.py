"""What becomes of what somebody entered in a public form and confirms by the link in a mail. Pure.

Signatures and pledges are such entries.
"""

from enum import StrEnum

# From a state to those it may become; `tests/supporters/rules/test_confirming.py` goes through every cell.
MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"confirmed", "held", "invalid", "withdrawn"}),
    "confirmed": frozenset({"held", "invalid", "withdrawn"}),
    "held": frozenset({"confirmed", "pending", "invalid", "withdrawn"}),
    "invalid": frozenset({"confirmed", "pending", "held"}),
    "withdrawn": frozenset({"pending"}),
}


def may_become(state: str, target: str) -> bool:
    """Say whether an entry may go from one state to another."""
    return target in MOVES[state]


def waits_for_owner(state: str, *, has_confirmed: bool) -> bool:
    """Say whether the owner has still to confirm; also while organizers look at it or refused it, which nobody may notice."""
    return state == "pending" or (state in {"held", "invalid"} and not has_confirmed)


class Step(StrEnum):
    """What a filled-in form leads to; the page that answers it is the same for all."""

    CREATE = "create"
    UPDATE = "update"
    REVIVE = "revive"
    REMIND = "remind"
    NOTHING = "nothing"


def step_for(state: str | None) -> Step:
    """Return what to do for a person whose entry is in `state`, None if there is none.

    An unconfirmed entry takes the newer details; one that counts only has its owner told; an invalid one stays
    so, silently.
    """
    steps = {
        None: Step.CREATE,
        "pending": Step.UPDATE,
        "withdrawn": Step.REVIVE,
        "confirmed": Step.REMIND,
        "held": Step.REMIND,
    }
    return steps.get(state, Step.NOTHING)


def state_on_confirming(suspicion: frozenset[str], *, needs_proof: bool) -> str:
    """Return what a confirmed entry becomes: it counts, unless something about it wants a look first.

    A missing proof of work alone, as of people without JavaScript, matters only where the organizers said so. Speed
    alone is what a browser does that fills in a form by itself; without a proof it is what a robot does.
    """
    light = {"disposable"}
    if not needs_proof:
        light.add("no_proof")
    if "no_proof" not in suspicion:
        light.add("too_fast")
    return "held" if suspicion - light else "confirmed"


def state_on_accepting(*, has_confirmed: bool) -> str:
    """Return what an entry becomes that organizers accept: only its owner's answer makes it count."""
    return "confirmed" if has_confirmed else "pending"
