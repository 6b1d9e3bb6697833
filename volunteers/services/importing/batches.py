"""The steps that somebody takes with a file; what takes long is left to the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from coop4canada.kit.jobs import enqueue
from supporters.models import User
from volunteers.enums import ListState
from volunteers.enums.importing import ENDED_IMPORTS, Column, ImportState
from volunteers.models import ContactList, ImportBatch
from volunteers.models.imports import FILE_NAME_LENGTH
from volunteers.rules.contact_columns import guess_columns
from volunteers.rules.contact_files import read_table

# Files are full of people: one that nobody imports is not kept.
KEPT = timedelta(days=1)


class ImportUnderWay(Exception):
    """The worker has this import in hand just now."""


class ListClosed(Exception):
    """Nothing is imported into a list that is closed or deleted."""


@dataclass(frozen=True)
class Upload:
    """A file as it comes from the browser."""

    name: str
    content: bytes


@transaction.atomic
def upload_file(*, contact_list: ContactList, upload: Upload, by: User | None, now: datetime) -> ImportBatch:
    """Keep a file for a list, its columns guessed; nothing of it is in the list yet.

    Raises: BadFile, ListClosed.
    """
    if contact_list.state == ListState.CLOSED:
        raise ListClosed
    table = read_table(upload.content)
    return ImportBatch.objects.create(
        contact_list=contact_list,
        file_name=upload.name[-FILE_NAME_LENGTH:],
        content=upload.content,
        row_count=table.row_count,
        columns=guess_columns(table.head, contact_list.channel),
        uploaded_by=by,
        uploaded_at=now,
    )


@transaction.atomic
def name_columns(*, batch_id: int, columns: Mapping[Column, int]) -> ImportBatch:
    """Take what the columns hold, and have the file checked; may be said anew until it is imported.

    Raises: ImportUnderWay.
    """
    batch = _mine(batch_id)
    if batch.state not in ENDED_IMPORTS | {ImportState.IMPORTING, ImportState.SETTLING}:
        batch.columns = dict(columns)
        _queue(batch, ImportState.CHECKING)
    return batch


@transaction.atomic
def start_import(*, batch_id: int) -> ImportBatch:
    """Have a checked file imported; said twice it is imported once.

    Raises: ImportUnderWay.
    """
    batch = _mine(batch_id)
    if batch.state == ImportState.CHECKED:
        _queue(batch, ImportState.IMPORTING)
    return batch


@transaction.atomic
def drop_import(*, batch_id: int, now: datetime) -> ImportBatch:
    """Throw a file away that shall not be imported.

    Raises: ImportUnderWay.
    """
    batch = _mine(batch_id)
    if batch.state not in ENDED_IMPORTS | {ImportState.SETTLING}:
        _empty(batch, now)
    return batch


@transaction.atomic
def forget_uploads(*, now: datetime) -> int:
    """Empty files and lists of bad rows that are a day old; return how many. One that is being imported is left alone."""
    old = ImportBatch.objects.filter(uploaded_at__lt=now - KEPT).exclude(state=ImportState.SETTLING)
    full = old.exclude(state__in=ENDED_IMPORTS) | old.exclude(bad_rows=[])
    batches = list(full.select_for_update(skip_locked=True, of=("self",), no_key=True).order_by("pk"))
    for batch in batches:
        _empty(batch, now)
    return len(batches)


def _mine(batch_id: int) -> ImportBatch:
    free = ImportBatch.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    batch = free.filter(pk=batch_id).first()
    if batch is None:
        raise ImportUnderWay
    return batch


def _queue(batch: ImportBatch, state: ImportState) -> None:
    batch.state, batch.try_count = state, 0
    batch.save(update_fields=["state", "try_count", "columns"])
    enqueue("volunteers.tasks.run_imports")


def _empty(batch: ImportBatch, now: datetime) -> None:
    if batch.state not in ENDED_IMPORTS:
        batch.state, batch.ended_at = ImportState.DROPPED, now
    batch.content, batch.bad_rows = None, []
    batch.save(update_fields=["state", "ended_at", "content", "bad_rows"])
