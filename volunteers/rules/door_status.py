"""What a door shows, from everything that was recorded there, in whatever order it arrived."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from volunteers.enums import CONVERSATIONS, Outcome

# Two canvassers who talked at one door within a day did not know of each other; later it is another round.
SAME_ROUND = timedelta(hours=24)


@dataclass(frozen=True)
class Knock:
    """One visit as it was recorded: by whom (None: their account is gone), what came of it, when by their clock."""

    id: UUID
    by: int | None
    outcome: str
    at: datetime
    corrects: UUID | None = None

    @property
    def is_conversation(self) -> bool:
        """Whether somebody was spoken with."""
        return self.outcome in CONVERSATIONS


@dataclass(frozen=True)
class DoorStatus:
    """What a door shows: `outcome` is empty before the first visit; `rivals` are conversations that contradict each other.

    `last_at`: the last knock of all, be it only "nobody home".
    """

    outcome: str = ""
    at: datetime | None = None
    last_at: datetime | None = None
    knock_count: int = 0
    rivals: tuple[Knock, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Whether somebody has to settle what was said here."""
        return bool(self.rivals)


def door_status(knocks: Iterable[Knock]) -> DoorStatus:
    """Say what a door shows: the latest conversation, else the latest visit.

    Pure, and independent of the order of `knocks`: phones send late and in any order. Knock times decide, not times of
    arrival, so "nobody home" never stands in for a conversation and an old visit never for a new one.
    """
    known = {knock.id: knock for knock in knocks}
    if not known:
        return DoorStatus()
    live = sorted(standing(known.values()), key=_moment)
    talks = [knock for knock in live if knock.is_conversation]
    shown = (talks or live)[-1]
    last_at = max(knock.at for knock in known.values())
    return DoorStatus(shown.outcome, shown.at, last_at, len(known), _rivals(talks))


def standing(knocks: Collection[Knock]) -> list[Knock]:
    """Return the visits that no correction has replaced; never an empty list for some visits.

    A wish not to be contacted is not taken back by a correction, which then counts for nothing: only an organizer lifts it.
    """
    known = {knock.id: knock for knock in knocks}
    void = {knock.id for knock in knocks if _would_undo_a_refusal(knock, known)}
    replaced = {knock.corrects for knock in knocks if knock.corrects and knock.id not in void}
    return [knock for knock in knocks if knock.id not in void and knock.id not in replaced]


def _would_undo_a_refusal(knock: Knock, known: dict[UUID, Knock]) -> bool:
    """Follow corrections to their beginning; they name what was there before, so there is no ring."""
    if knock.outcome == Outcome.DO_NOT_CONTACT:
        return False
    step: Knock | None = knock
    while step and step.corrects:
        step = known.get(step.corrects)
        if step and step.outcome == Outcome.DO_NOT_CONTACT:
            return True
    return False


def _rivals(talks: list[Knock]) -> tuple[Knock, ...]:
    """Return conversations that different people recorded differently in one round, around the latest one."""
    if not talks:
        return ()
    latest = talks[-1]
    near = [talk for talk in talks if latest.at - talk.at <= SAME_ROUND]
    # Whoever recorded twice means the later one.
    by_person = {talk.by: talk for talk in near}
    if len({talk.outcome for talk in by_person.values()}) < 2:  # noqa: PLR2004 — it takes two to contradict
        return ()
    return tuple(sorted(by_person.values(), key=_moment))


def _moment(knock: Knock) -> tuple[datetime, str]:
    # Two visits of one second need an order that every phone and the server agree on.
    return (knock.at, str(knock.id))
