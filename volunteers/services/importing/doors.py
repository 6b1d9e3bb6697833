"""Doors of a file into a list."""

from collections.abc import Sequence
from typing import Any

from ridings.index import holder
from volunteers.enums.importing import FileFault, RowFault
from volunteers.models import Door
from volunteers.rules.addresses import street_key
from volunteers.rules.contact_files import BadFile, FileRow
from volunteers.rules.contact_rows import BadRow
from volunteers.services.importing.taking import Known, Taker, Wanted, address_digest


class DoorTaker(Taker):
    """Recognises a door by its number in the source, else by its address; it has to lie in the riding of the list."""

    model = Door
    fields = (
        "source_id", "street", "street_key", "number", "number_suffix", "unit", "city", "postal_code",
        "longitude", "latitude", "address_digest", "suppressed_at",
    )  # fmt: skip

    def look_up(self, chunk: Sequence[FileRow]) -> None:  # noqa: ARG002 — points are looked up one by one
        """Refuse the file where nobody knows in which riding a point lies."""
        index = holder.live()
        if index is None:
            raise BadFile(FileFault.NO_BOUNDARIES)
        self._index = index

    def identity_of(self, values: Sequence[Any]) -> str:
        """Return the hash of the address."""
        return str(values[-2])

    def wanted(self, row: FileRow) -> Wanted:
        """Read a door, and see that it lies in the riding of the list."""
        door = self.reader.door(row.cells)
        ridings = self._index.covering(door.longitude, door.latitude)
        if self.contact_list.riding_number not in {riding.number for riding in ridings}:
            raise BadRow(RowFault.OUTSIDE, f"{door.latitude}, {door.longitude}")
        place, digest = door.place, address_digest(door.place)
        is_suppressed = digest in self.addresses
        values = (
            door.source_id, place.street, street_key(place.street), place.number, place.suffix, place.unit, place.city,
            place.postal_code, door.longitude, door.latitude, digest, self.now if is_suppressed else None,
        )  # fmt: skip
        return Wanted(digest, door.source_id, values, is_suppressed)

    def merged(self, wanted: Wanted, known: Known) -> tuple[Any, ...]:
        """Let the file say where the door is; since when it is not to be contacted stays."""
        since = (known.values[-1] or self.now) if wanted.is_suppressed else None
        return (known.values[0] or wanted.source_id, *wanted.values[1:-1], since)
