"""Who did how much, so that skipping through a list wins nothing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# A call shorter than this cannot have rung; a longer one was left open.
SHORTEST_CALL, LONGEST_CALL = timedelta(seconds=8), timedelta(minutes=60)
# Nobody walks from door to door faster.
SHORTEST_WALK = timedelta(seconds=15)


@dataclass(frozen=True)
class Deed:
    """One attempt: who, on which phone or at which door, from when (dialling) until when."""

    person: int
    thing: str
    happened_at: datetime
    dialled_at: datetime | None = None
    ended_at: datetime | None = None
    is_call: bool = False
    is_conversation: bool = False


@dataclass(frozen=True)
class Standing:
    """What somebody did: distinct phones and doors, and how many of them talked."""

    person: int
    calls: int
    doors: int
    conversations: int


def standings(deeds: Iterable[Deed]) -> tuple[Standing, ...]:
    """Return everybody's standing; conversations first, then how much was tried.

    Each phone and each door counts once for a person, and only what can have happened: a call that was dialled and took
    as long as one does, a door that one can have walked to.
    """
    things: dict[int, dict[str, Deed]] = {}
    last_door: dict[int, datetime] = {}
    for deed in sorted(deeds, key=lambda one: one.happened_at):
        if not _is_plausible(deed, last_door):
            continue
        kept = things.setdefault(deed.person, {}).setdefault(deed.thing, deed)
        if deed.is_conversation and not kept.is_conversation:
            things[deed.person][deed.thing] = deed
    found = (_standing(person, list(kept.values())) for person, kept in things.items())
    return tuple(sorted(found, key=lambda one: (-one.conversations, -(one.calls + one.doors), one.person)))


def _is_plausible(deed: Deed, last_door: dict[int, datetime]) -> bool:
    if deed.is_call:
        if deed.dialled_at is None or deed.ended_at is None:
            return False
        return SHORTEST_CALL <= deed.ended_at - deed.dialled_at <= LONGEST_CALL
    before = last_door.get(deed.person)
    last_door[deed.person] = deed.happened_at
    return before is None or deed.happened_at - before >= SHORTEST_WALK


def _standing(person: int, deeds: list[Deed]) -> Standing:
    return Standing(
        person,
        calls=sum(deed.is_call for deed in deeds),
        doors=sum(not deed.is_call for deed in deeds),
        conversations=sum(deed.is_conversation for deed in deeds),
    )
