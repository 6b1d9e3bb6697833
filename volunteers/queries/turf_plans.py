"""What an automatic cut of a list would make of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from volunteers.models import ContactList, Door, Turf
from volunteers.rules.ground import Address
from volunteers.rules.outlines import around
from volunteers.rules.turf_cutting import cut
from volunteers.rules.walk_order import walk_order

STREET_IN_NAME = 60


@dataclass(frozen=True)
class PlannedTurf:
    """A turf to be: its doors in the order of the walk, the streets with most of them first."""

    name: str
    door_ids: tuple[int, ...]
    streets: tuple[str, ...]
    outline: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """Turfs to be; equal doors and size make an equal `fingerprint`."""

    size: int
    turfs: tuple[PlannedTurf, ...]
    door_count: int
    fingerprint: str


def free_doors(contact_list: ContactList) -> QuerySet[Door]:
    """Return the doors that are in no turf and may be visited."""
    return Door.objects.filter(contact_list=contact_list, turf__isnull=True, suppressed_at__isnull=True)


def address_of(door: Door) -> Address:
    """Return a door as the rules of cutting and walking see it."""
    return Address(
        door.pk, door.longitude, door.latitude, door.street_key, door.number, door.number_suffix, door.unit
    )


def walk_of(doors: Iterable[Door]) -> list[int]:
    """Return the ids of doors in the order of their walk."""
    return walk_order([address_of(door) for door in doors])


def planned_turfs(contact_list: ContactList, size: int) -> Plan:
    """Return what cutting the free doors would make.

    Raises: BadSize.
    """
    doors = {door.pk: door for door in free_doors(contact_list)}
    parts = cut([address_of(door) for door in doors.values()], size)
    first = next_number(contact_list)
    turfs = tuple(
        _planned(number, [doors[key] for key in part]) for number, part in enumerate(parts, start=first)
    )
    ids = ";".join(",".join(map(str, turf.door_ids)) for turf in turfs)
    return Plan(size, turfs, len(doors), sha256(f"{first}:{ids}".encode()).hexdigest()[:32])


def next_number(contact_list: ContactList) -> int:
    """Return the number that follows those with which names of the list's turfs begin."""
    names = Turf.objects.filter(contact_list=contact_list).values_list("name", flat=True)
    begun = (name.partition(" ")[0] for name in names)
    return 1 + max((int(word) for word in begun if word.isdecimal() and len(word) < 6), default=0)  # noqa: PLR2004


def _planned(number: int, doors: list[Door]) -> PlannedTurf:
    streets = tuple(name for name, _count in Counter(door.street for door in doors).most_common())
    outline = around([(door.longitude, door.latitude) for door in doors])
    return PlannedTurf(f"{number} · {streets[0][:STREET_IN_NAME]}", tuple(walk_of(doors)), streets, outline)
