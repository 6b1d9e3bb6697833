"""Files of doors and of people to call for tests, and a way to bring them into a list at once."""

import threading
from collections.abc import Iterable
from typing import Any

import shapely
from django.db import connections

from ridings.index import holder
from ridings.models import RidingBoundary
from tests import make
from tests.volunteers import contacting
from volunteers.enums.importing import Column
from volunteers.models import ContactList, ImportBatch
from volunteers.services.importing import name_columns, run_import, start_import, upload_file
from volunteers.services.importing.batches import Upload

DOOR_HEAD = "id,number,street,unit,city,postal code,latitude,longitude"
PERSON_HEAD = "id,name,phone,language,riding,postal code,number,street,city"


def country() -> None:
    """Make two ridings: a square around Ottawa, one around Vancouver."""
    boundary_set = make.boundary_set(shapes_version="v1")
    squares = {contacting.RIDING: (-76, 45), contacting.OTHER_RIDING: (-124, 49)}
    for number, (west, south) in squares.items():
        riding = make.riding(boundary_set, number, f"Riding {number}")
        square = shapely.box(west, south, west + 1, south + 1)
        edges = {"west": west, "south": south, "east": west + 1, "north": south + 1}
        RidingBoundary.objects.create(
            riding=riding, wkb=shapely.to_wkb(square), area_km2=1, vertex_count=5, **edges
        )
    holder.check_again()


def door_line(number: int = 1, street: str = "Main St", source: str = "", **cells: object) -> str:
    """Return a line of a file of doors."""
    found = {"unit": "", "city": "Ottawa", "code": "", "latitude": 45.4, "longitude": -75.7, **cells}
    return ",".join(map(str, (source, number, street, *found.values())))


def person_line(phone: str = "613-555-0123", name: str = "Ann", source: str = "", **cells: object) -> str:
    """Return a line of a file of people to call."""
    found = {
        "language": "en",
        "riding": contacting.RIDING,
        "code": "",
        "number": "",
        "street": "",
        "city": "",
    }
    return ",".join(map(str, (source, name, phone, *{**found, **cells}.values())))


def table(head: str, lines: Iterable[str]) -> bytes:
    """Return a file."""
    return "\n".join([head, *lines, ""]).encode()


def checked(
    contact_list: ContactList, content: bytes, columns: dict[Column, int] | None = None
) -> ImportBatch:
    """Upload a file and have it checked, its columns as they are guessed."""
    upload = Upload("file.csv", content)
    batch = upload_file(contact_list=contact_list, upload=upload, by=None, now=contacting.NOON)
    name_columns(batch_id=batch.pk, columns=columns or batch.columns)
    run_import(batch_id=batch.pk, now=contacting.NOON)
    batch.refresh_from_db()
    return batch


def imported(contact_list: ContactList, content: bytes) -> ImportBatch:
    """Upload, check and import a file."""
    batch = checked(contact_list, content)
    start_import(batch_id=batch.pk)
    run_import(batch_id=batch.pk, now=contacting.NOON)
    batch.refresh_from_db()
    return batch


def counts(batch: ImportBatch) -> tuple[int, int, int, int, int]:
    """Return how many were new, changed, there already, left out, not to be contacted."""
    return batch.new_count, batch.changed_count, batch.same_count, batch.bad_count, batch.suppressed_count


def at_once(*work: Any) -> list[BaseException]:
    """Run all together, each on a connection of its own; return what they raised."""
    raised: list[BaseException] = []
    gate = threading.Barrier(len(work))

    def run(one: Any) -> None:
        try:
            gate.wait(10)
            one()
        except BaseException as error:  # noqa: BLE001 — handed to the test
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised
