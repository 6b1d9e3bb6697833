"""Comparing the rows of a file with those of its list: what is new, changed, there already, or left out."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

from coop4canada.kit.signing import keyed_hash
from volunteers.enums import SuppressedThing
from volunteers.enums.importing import RowFault
from volunteers.models import Contact, ContactList, Door, Suppression
from volunteers.rules.addresses import address_key
from volunteers.rules.contact_files import FileRow
from volunteers.rules.contact_rows import BadRow, Place, RowReader
from volunteers.services.importing.tables import BATCH, copy_rows, update_rows

CELL_LENGTH = 100


@dataclass
class Tally:
    """What came of the rows; `bad` as `ImportBatch.bad_rows`."""

    new: int = 0
    changed: int = 0
    same: int = 0
    suppressed: int = 0
    bad: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the list as it stands: `values` in the order of the fields."""

    pk: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as it shall stand, and by what it is recognised within its list."""

    identity: Any
    source_id: str
    values: tuple[Any, ...]
    is_suppressed: bool


class Taker(ABC):
    """Takes the rows of one file into one list. Memory holds what recognises a row, not the rows themselves."""

    model: ClassVar[type[Door] | type[Contact]]
    # The first is `source_id`.
    fields: ClassVar[tuple[str, ...]]

    def __init__(self, contact_list: ContactList, reader: RowReader, now: datetime) -> None:
        """Read the list as it stands."""
        self.contact_list, self.reader, self.now = contact_list, reader, now
        self.tally = Tally()
        self.phones = live_digests(SuppressedThing.PHONE)
        self.addresses = live_digests(SuppressedThing.ADDRESS)
        self._by_identity: dict[Any, Known] = {}
        self._by_source: dict[str, Known] = {}
        rows = self.model.objects.filter(contact_list=contact_list).order_by("pk")
        for pk, *values in rows.values_list("pk", *self.fields).iterator(BATCH):
            self._remember(Known(pk, tuple(values)))
        self._seen: set[Any] = set()
        self._changes: list[tuple[Any, ...]] = []

    def take(self, rows: Iterator[FileRow], *, writes: bool) -> Tally:
        """Take all rows, only counting them unless told to write."""
        while chunk := list(islice(rows, BATCH)):
            self.look_up(chunk)
            fresh = [wanted for row in chunk if (wanted := self._decide(row)) is not None]
            if writes and fresh:
                given = (self.contact_list.pk, *self.first_values().values())
                names = ("contact_list_id", *self.first_values(), *self.fields)
                copy_rows(self.model, names, ((*given, *self.inserted(wanted)) for wanted in fresh))
        if writes:
            self._write_changes()
        return self.tally

    @abstractmethod
    def look_up(self, chunk: Sequence[FileRow]) -> None:
        """Ask at once what the database knows of these rows."""

    @abstractmethod
    def identity_of(self, values: Sequence[Any]) -> Any:  # noqa: ANN401 — a digest, or a phone with a name
        """Return by what a row of the list is recognised."""

    @abstractmethod
    def wanted(self, row: FileRow) -> Wanted:
        """Read a row of the file.

        Raises: BadRow.
        """

    @abstractmethod
    def merged(self, wanted: Wanted, known: Known) -> tuple[Any, ...]:
        """Return how a row that is there shall stand."""

    def inserted(self, wanted: Wanted) -> tuple[Any, ...]:
        """Return how a new row shall stand."""
        return wanted.values

    def first_values(self) -> dict[str, Any]:
        """Return what every new row begins with besides its fields."""
        return {}

    def _remember(self, known: Known) -> None:
        self._by_identity[self.identity_of(known.values)] = known
        if known.values[0]:
            self._by_source[known.values[0]] = known

    def _decide(self, row: FileRow) -> Wanted | None:
        try:
            wanted = self.wanted(row)
            known = self._match(wanted)
        except BadRow as error:
            self.tally.bad.append([row.line, error.fault.value, error.cell[:CELL_LENGTH]])
            return None
        self.tally.suppressed += wanted.is_suppressed
        if known is None:
            self.tally.new += 1
            return wanted
        values = self.merged(wanted, known)
        if values == known.values:
            self.tally.same += 1
        else:
            self.tally.changed += 1
            self._changes.append((known.pk, *values))
        return None

    def _match(self, wanted: Wanted) -> Known | None:
        there = self._by_identity.get(wanted.identity)
        known = self._by_source.get(wanted.source_id) if wanted.source_id else None
        if known is not None and there is not None and there is not known:
            raise BadRow(RowFault.TAKEN)
        known = known or there
        marks = [("row", wanted.identity)]
        marks += [("source", wanted.source_id)] if wanted.source_id else []
        marks += [("known", known.pk)] if known else []
        if not self._seen.isdisjoint(marks):
            raise BadRow(RowFault.TWICE)
        self._seen.update(marks)
        return known

    def _write_changes(self) -> None:
        # By id: whoever locks several rows takes them in this order.
        self._changes.sort()
        for start in range(0, len(self._changes), BATCH):
            batch = self._changes[start : start + BATCH]
            ids = [change[0] for change in batch]
            rows = self.model.objects.filter(pk__in=ids).order_by("pk")
            list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))
            update_rows(self.model, self.fields, batch)


def live_digests(thing: SuppressedThing) -> frozenset[str]:
    """Return the hashes of everything of a kind that must not be contacted."""
    live = Suppression.objects.filter(thing=thing, lifted_at__isnull=True)
    return frozenset(live.values_list("digest", flat=True))


def address_digest(place: Place) -> str:
    """Return the hash by which the dwelling is recognised; empty where the row does not tell it whole."""
    if not place.is_whole:
        return ""
    return keyed_hash(
        address_key(
            number=place.number,
            suffix=place.suffix,
            unit=place.unit,
            street=place.street,
            place=place.postal_code or place.city,
        )
    )
