"""The doors of a list and the outlines of its turfs, for the map that leaders draw on."""

from typing import Any

import shapely
from django.urls import reverse

from volunteers.enums import DoorStatus
from volunteers.models import ContactList, Door, Turf
from volunteers.queries.ground import ground_of
from volunteers.rules.left_to_do import status_of
from volunteers.rules.outlines import as_geojson

# Half a pixel where a whole riding fills the screen: a hundred metres of a large one.
COARSE_DEGREES = 0.0005
STATUSES = [status.value for status in DoorStatus]


def turf_map(contact_list: ContactList) -> dict[str, Any]:
    """Return the riding's boundary (or None), doors as [longitude, latitude, status, turf], and turfs.

    `status` is a place in `statuses`, `turf` one in `turfs` or −1. Addresses are not in it.
    """
    turfs = list(Turf.objects.filter(contact_list=contact_list).order_by("pk"))
    places = {turf.pk: place for place, turf in enumerate(turfs)}
    number = contact_list.riding_number or 0
    doors = Door.objects.filter(contact_list=contact_list).order_by("pk")
    rows = doors.values_list("longitude", "latitude", "last_outcome", "suppressed_at", "turf_id")
    shape = ground_of(number).shape
    return {
        "boundary": as_geojson(shapely.simplify(shape, COARSE_DEGREES)) if shape is not None else None,
        "statuses": STATUSES,
        "doors": [
            [
                round(longitude, 6),
                round(latitude, 6),
                STATUSES.index(status_of(outcome, is_suppressed=suppressed_at is not None)),
                places.get(turf_id, -1),
            ]
            for longitude, latitude, outcome, suppressed_at, turf_id in rows
        ],
        "turfs": [
            {
                "name": turf.name,
                "outline": turf.outline,
                "path": reverse("canvass:turf", args=[number, turf.pk]),
            }
            for turf in turfs
        ],
    }
