"""When a petition can be signed and what a signature may become. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A signature given in time may still be confirmed this long after the petition closed.
GRACE = timedelta(hours=24)


class Opening(StrEnum):
    """Whether a petition can be seen and signed."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Schedule:
    """What decides whether a petition is open; times in UTC."""

    is_published: bool
    opens_at: datetime
    closes_at: datetime | None
    withdrawn_at: datetime | None


def opening(schedule: Schedule, now: datetime) -> Opening:
    """Say whether the petition is open at this moment."""
    if not schedule.is_published:
        return Opening.DRAFT
    if schedule.withdrawn_at is not None and schedule.withdrawn_at <= now:
        return Opening.WITHDRAWN
    if now < schedule.opens_at:
        return Opening.UPCOMING
    if schedule.closes_at is not None and now >= schedule.closes_at:
        return Opening.CLOSED
    return Opening.OPEN


def may_confirm(schedule: Schedule, now: datetime) -> bool:
    """Say whether a signature given in time may be confirmed now: until a day after closing."""
    if schedule.closes_at is not None and now >= schedule.closes_at + GRACE:
        return False
    return opening(schedule, now) in {Opening.OPEN, Opening.CLOSED}


# From a state to those it may become; `tests/petitions/rules/test_signing.py` goes through every cell.
MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"confirmed", "held", "invalid", "withdrawn"}),
    "confirmed": frozenset({"held", "invalid", "withdrawn"}),
    "held": frozenset({"confirmed", "pending", "invalid", "withdrawn"}),
    "invalid": frozenset({"confirmed", "pending", "held"}),
    "withdrawn": frozenset({"pending"}),
}


def may_become(state: str, target: str) -> bool:
    """Say whether a signature may go from one state to another."""
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
    """Return what to do for a person whose signature is in `state`, None if there is none.

    An unconfirmed signature takes the newer details; one that counts only has its owner told; an invalid one stays
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
    """Return what a confirmed signature becomes: it counts, unless something about it wants a look first.

    A missing proof of work alone, as of people without JavaScript, matters only where the organizers said so. Speed
    alone is what a browser does that fills in a form by itself; without a proof it is what a robot does.
    """
    light = {"disposable"}
    if not needs_proof:
        light.add("no_proof")
    if "no_proof" not in suspicion:
        light.add("too_fast")
    return "held" if suspicion - light else "confirmed"
