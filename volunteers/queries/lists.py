"""Lists of doors and of people to call as their leaders see them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from ridings.queries.codes import live_ridings
from volunteers.enums import Channel, ListState
from volunteers.enums.importing import Column, FileFault, ImportState, RowFault
from volunteers.models import ContactList, ImportBatch
from volunteers.rules.contact_files import open_table
from volunteers.rules.lists import MOVES

SAMPLES = 3
SHOWN_BAD_ROWS = 50


@dataclass(frozen=True)
class ListCard:
    """A list, how many doors or people are in it, what may become of it."""

    pk: int
    name: str
    is_of_doors: bool
    state: str
    state_label: str
    size: int
    purge_on: dt.date
    is_purged: bool
    moves: tuple[ListState, ...]

    @property
    def takes_files(self) -> bool:
        """Files may be imported into it."""
        return self.state != ListState.CLOSED


@dataclass(frozen=True)
class ListPage:
    """A list with what its leaders said about it, and its imports, newest first; `called_in` empty for one riding."""

    card: ListCard
    source: str
    basis: str
    riding: str
    called_in: str
    script: str
    imports: tuple[ImportBatch, ...]


@dataclass(frozen=True)
class BadLine:
    """A row that is left out: its line in the file, why, what stands there."""

    line: int
    reason: str | Promise
    cell: str


@dataclass(frozen=True)
class ImportPage:
    """An import: how far it is, what it found; head row and samples while the file is at hand."""

    batch: ImportBatch
    head: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    bad_lines: tuple[BadLine, ...]
    more_bad: int
    fault: str | Promise

    @property
    def is_waiting(self) -> bool:
        """The worker has to do something."""
        return self.batch.state in {ImportState.CHECKING, ImportState.IMPORTING, ImportState.SETTLING}

    @property
    def takes_columns(self) -> bool:
        """Its columns can be named, or named anew."""
        return self.batch.state in {ImportState.UPLOADED, ImportState.CHECKED}

    @property
    def good_count(self) -> int:
        """How many rows stand in the list afterwards."""
        return self.batch.new_count + self.batch.changed_count + self.batch.same_count


def led_lists(number: int | None) -> QuerySet[ContactList]:
    """Return the lists that belong to the leaders of a riding's team; None: of the phone team."""
    if number is None:
        return ContactList.objects.filter(channel=Channel.PHONE)
    return ContactList.objects.filter(channel=Channel.DOOR, riding_number=number)


def list_cards(number: int | None) -> tuple[ListCard, ...]:
    """Return the lists of a team, newest first."""
    rows = "doors" if number is not None else "contacts"
    lists = led_lists(number).annotate(size=Count(rows)).order_by("-pk")
    return tuple(_card(row, row.size) for row in lists)


def list_page(contact_list: ContactList, size: int) -> ListPage:
    """Return a list with its imports."""
    number = contact_list.riding_number
    riding = live_ridings([number]).get(number) if number is not None else None
    batches = ImportBatch.objects.filter(contact_list=contact_list).defer("content", "bad_rows")
    return ListPage(
        card=_card(contact_list, size),
        source=contact_list.source,
        basis=contact_list.basis,
        riding=riding.name if riding else "",
        # Of a list of doors, or of one riding, every door and number counts.
        called_in=contact_list.get_least_need_display() if number is None else "",
        script=contact_list.script.name if contact_list.script else "",
        imports=tuple(batches.order_by("-pk")[:20]),
    )


def import_page(batch: ImportBatch) -> ImportPage:
    """Return an import, with samples of its file."""
    head: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()
    if batch.content is not None and batch.state in {ImportState.UPLOADED, ImportState.CHECKED}:
        table = open_table(bytes(batch.content))
        head = table.head
        rows = islice(table.rows(), SAMPLES)
        samples = tuple(tuple(_cells(list(row.cells), len(head))) for row in rows)
    shown = tuple(islice(bad_lines(batch), SHOWN_BAD_ROWS))
    fault = FileFault(batch.fault).label if batch.fault else ""
    return ImportPage(batch, head, samples, shown, len(batch.bad_rows) - len(shown), fault)


def bad_lines(batch: ImportBatch) -> Iterator[BadLine]:
    """Return every row that is left out, by its line."""
    for line, fault, cell in batch.bad_rows:
        yield BadLine(line, RowFault(fault).label, cell)


def named_columns(batch: ImportBatch) -> dict[Column, int]:
    """Return what the columns of a file are said or guessed to hold."""
    return {Column(name): position for name, position in batch.columns.items()}


def _cells(cells: list[str], width: int) -> Iterator[str]:
    padded = [*cells, *[""] * width][:width]
    return (cell[:60] for cell in padded)


def _card(row: ContactList, size: int) -> ListCard:
    state = ListState(row.state)
    moves = tuple(move for move in ListState if move in MOVES[state])
    return ListCard(
        pk=row.pk,
        name=row.name,
        is_of_doors=row.channel == Channel.DOOR,
        state=row.state,
        state_label=row.get_state_display(),
        size=size,
        purge_on=row.purge_on,
        is_purged=row.purged_at is not None,
        moves=moves,
    )
