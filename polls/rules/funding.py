"""When a poll project is paid for, and when it has failed. Pure: sums and times in, the next state and why out.

See docs/adr/0036.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from polls.enums import ProjectState

# For so long declined cards are tried again and may be mended before it is decided.
CHARGING_LASTS = timedelta(hours=72)


class Reason(StrEnum):
    """Why a project moved by itself; stands in its history."""

    GOAL_REACHED = "goal_reached"
    DEADLINE_ENOUGH = "deadline_enough"
    DEADLINE_TOO_LITTLE = "deadline_too_little"
    CHARGED_GOAL = "charged_goal"
    CHARGED_ENOUGH = "charged_enough"
    CHARGED_TOO_LITTLE_YET = "charged_too_little_yet"
    CHARGED_TOO_LITTLE = "charged_too_little"
    ALL_GIVEN_BACK = "all_given_back"


@dataclass(frozen=True)
class Standing:
    """A project by its numbers, in cents.

    `settled_cents` is here; `promised_cents` are saved cards that may still be charged or are being charged;
    `failing_cents` are cards that were declined and may be mended: they count for nothing until they are charged.
    """

    state: str
    goal_cents: int
    minimum_cents: int
    deadline_at: datetime
    charging_ends_at: datetime | None
    settled_cents: int
    promised_cents: int
    failing_cents: int = 0


@dataclass(frozen=True)
class NextMove:
    """Where a project goes, and why."""

    to: ProjectState
    reason: Reason


def next_move(standing: Standing, *, now: datetime) -> NextMove | None:
    """Return where a project goes by itself now; None while it stays."""
    if standing.state == ProjectState.FUNDING:
        return _of_funding(standing, is_over=now >= standing.deadline_at)
    if standing.state == ProjectState.CONFIRMING:
        return _of_charging(standing, now)
    return None


def _of_funding(standing: Standing, *, is_over: bool) -> NextMove | None:
    in_sight = standing.settled_cents + standing.promised_cents
    if in_sight >= standing.goal_cents:
        return _paid_or_charging(standing, standing.goal_cents, Reason.GOAL_REACHED)
    if not is_over:
        return None
    if in_sight >= standing.minimum_cents:
        return _paid_or_charging(standing, standing.goal_cents, Reason.DEADLINE_ENOUGH)
    return NextMove(ProjectState.FAILED, Reason.DEADLINE_TOO_LITTLE)


def _paid_or_charging(standing: Standing, needed_cents: int, reason: Reason) -> NextMove:
    """Charge the saved cards unless none waits, or what is here pays for all."""
    is_paid = standing.settled_cents >= needed_cents or not standing.promised_cents
    return NextMove(ProjectState.FUNDED if is_paid else ProjectState.CONFIRMING, reason)


def _of_charging(standing: Standing, now: datetime) -> NextMove | None:
    if standing.settled_cents >= standing.goal_cents:
        return NextMove(ProjectState.FUNDED, Reason.CHARGED_GOAL)
    is_waiting = bool(standing.promised_cents or standing.failing_cents)
    if is_waiting and standing.charging_ends_at is not None and now < standing.charging_ends_at:
        return None
    if standing.settled_cents >= standing.minimum_cents:
        return NextMove(ProjectState.FUNDED, Reason.CHARGED_ENOUGH)
    if now < standing.deadline_at:
        return NextMove(ProjectState.FUNDING, Reason.CHARGED_TOO_LITTLE_YET)
    return NextMove(ProjectState.FAILED, Reason.CHARGED_TOO_LITTLE)


def unneeded(gifts: Iterable[tuple[int, int]], *, surplus_cents: int) -> list[int]:
    """Return which gifts a funded project can do without.

    Args:
        gifts: (id, cents) that are here, the newest first: who came last is not needed first.
        surplus_cents: what is here beyond the goal.

    Returns: the ids of gifts that lie wholly in the surplus; a part of a gift stays where it is.
    """
    spare = []
    for gift, cents in gifts:
        if cents <= surplus_cents:
            spare.append(gift)
            surplus_cents -= cents
    return spare
