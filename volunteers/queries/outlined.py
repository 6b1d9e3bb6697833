"""Which doors lie in an outline, and whose they are: doors belong to turfs, outlines only chose them once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from volunteers.models import ContactList, Door, Turf
from volunteers.rules.outlines import inside


@dataclass(frozen=True)
class Outlined:
    """Doors in the outline of a turf that are not its own: those of others ({name: count}), and those in no turf."""

    also_in: Mapping[str, int]
    free_count: int


def outlined(turf: Turf) -> Outlined:
    """Return what else lies in a drawn outline; nothing for one that was only computed around its doors."""
    if not turf.is_drawn:
        return Outlined({}, 0)
    doors = doors_in(turf.contact_list, shapely.Polygon(turf.outline["coordinates"][0]))
    return Outlined(also_in(doors, turf), len(free_of(doors)))


def doors_in(contact_list: ContactList, outline: shapely.Polygon) -> list[Door]:
    """Return the doors of a list in an outline, by id."""
    west, south, east, north = outline.bounds
    near = Door.objects.filter(
        contact_list=contact_list, longitude__range=(west, east), latitude__range=(south, north)
    )
    doors = list(near.order_by("pk"))
    found = inside(outline, [(door.longitude, door.latitude) for door in doors])
    return [door for door, is_in in zip(doors, found, strict=True) if is_in]


def free_of(doors: Sequence[Door]) -> list[Door]:
    """Return those that are in no turf and may be visited."""
    return [door for door in doors if door.turf_id is None and door.suppressed_at is None]


def also_in(doors: Sequence[Door], turf: Turf) -> dict[str, int]:
    """Return how many of the doors are in which other turf, by its name."""
    ids = Counter(door.turf_id for door in doors if door.turf_id not in {None, turf.pk})
    names = dict(Turf.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {names[pk]: count for pk, count in sorted(ids.items()) if pk is not None}
