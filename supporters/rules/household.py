"""Who of a household is signing. Pure.

Two people may share one mailbox, so at most two places belong to one canonical e-mail address. Whoever signs is
the person of a place, a correction of a place that nobody has confirmed, a new person, or one too many.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from supporters.rules.person_name import resembles, same_name

# A couple has one address often enough; a third name is refused.
# Source: UK Parliament e-petitions, github.com/alphagov/e-petitions, 2024: "second signature" of one address.
PLACES = (1, 2)

_FSA_LENGTH = 3
_CODE_LENGTH = 6


class Kind(StrEnum):
    """How somebody comes to a place."""

    NEW = "new"  # nobody had it
    SAME = "same"  # it is theirs
    CORRECTION = "correction"  # they replace what nobody has confirmed
    FULL = "full"  # no place: two others have confirmed


@dataclass(frozen=True)
class Resident:
    """Somebody who holds a place of the address already."""

    place: int
    name: str
    postal_code: str
    is_confirmed: bool


@dataclass(frozen=True)
class Place:
    """The place found; None if and only if the household is full."""

    place: int | None
    kind: Kind


def place_of(residents: Iterable[Resident], *, name: str, postal_code: str) -> Place:
    """Find the place of whoever signs with this name; an empty name stands for whoever is known at the address.

    Independent of the order of the residents; their places are 1 and 2, each at most once.
    """
    known = sorted(residents, key=lambda resident: resident.place)
    if not name:
        return _place_without_name(known)
    for resident in known:
        if same_name(resident.name, name):
            return Place(resident.place, Kind.SAME)
    for resident in known:
        # Who never told a name takes the first that is told.
        if not resident.name:
            return Place(resident.place, Kind.SAME)
    for resident in known:
        if resembles(resident.name, name):
            return Place(resident.place, Kind.SAME if resident.is_confirmed else Kind.CORRECTION)
    return _place_of_a_stranger(known, postal_code)


def owns_account(resident: Resident, *, name: str) -> bool:
    """Say whether whoever has an account with this name, and reads the mail of the address, is this resident.

    An account without a name is taken for the one who has confirmed the address.
    """
    if not name:
        return resident.is_confirmed
    return same_name(resident.name, name) or resembles(resident.name, name)


def _place_without_name(known: list[Resident]) -> Place:
    """Return the first who has confirmed, else the first: one form without a name never makes a second person."""
    if not known:
        return Place(PLACES[0], Kind.NEW)
    return Place(min(known, key=lambda resident: not resident.is_confirmed).place, Kind.SAME)


def _place_of_a_stranger(known: list[Resident], postal_code: str) -> Place:
    confirmed = [resident for resident in known if resident.is_confirmed]
    if confirmed and not any(_is_same_code(resident.postal_code, postal_code) for resident in confirmed):
        # They moved, or use another name; a stranger typing their address must not learn or change a thing.
        return Place(confirmed[0].place, Kind.SAME)
    free = [place for place in PLACES if place not in {resident.place for resident in known}]
    if free:
        return Place(free[0], Kind.NEW)
    unconfirmed = [resident for resident in known if not resident.is_confirmed]
    if unconfirmed:
        return Place(unconfirmed[0].place, Kind.CORRECTION)
    return Place(None, Kind.FULL)


def _is_same_code(first: str, second: str) -> bool:
    """Compare two codes; only their first three characters if one of them has no more."""
    packed, other = ("".join(code.split()).upper() for code in (first, second))
    if min(len(packed), len(other)) < _CODE_LENGTH:
        return packed[:_FSA_LENGTH] == other[:_FSA_LENGTH]
    return packed == other
