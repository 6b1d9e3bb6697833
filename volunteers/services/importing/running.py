"""What the worker does with a file: check it, or import it in one transaction."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from coop4canada.kit.db import lock_for_transaction
from volunteers.enums import Channel, ListState, SuppressedThing
from volunteers.enums.importing import WAITING_IMPORTS, Column, FileFault, ImportState
from volunteers.models import Contact, ContactList, Door, ImportBatch, Suppression
from volunteers.rules.contact_files import BadFile, open_table
from volunteers.rules.contact_rows import RowReader
from volunteers.services.importing.doors import DoorTaker
from volunteers.services.importing.people import PersonTaker
from volunteers.services.importing.taking import Tally
from volunteers.services.phone_lists import refresh_priorities
from volunteers.services.suppression import close_contacts

MOST_TRIES = 3
LOCK = "volunteers.list:"


def run_next_import(*, clock: Callable[[], datetime]) -> bool:
    """Check or import the next file that waits; say whether there was one.

    Whoever comes meanwhile passes it by. A worker that dies leaves nothing of it behind and the file where it was.
    """
    batch_id = _claim(clock())
    if batch_id is not None:
        run_import(batch_id=batch_id, now=clock())
    return batch_id is not None


def run_import(*, batch_id: int, now: datetime) -> None:
    """Do what one import waits for, if nobody else is at it."""
    _check_or_import(batch_id, now)
    if ImportBatch.objects.filter(pk=batch_id, state=ImportState.SETTLING).exists():
        _settle(batch_id, now)


@transaction.atomic
def _claim(now: datetime) -> int | None:
    waiting = ImportBatch.objects.filter(state__in=sorted(WAITING_IMPORTS)).order_by("try_count", "pk")
    batch = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).defer("content").first()
    if batch is None:
        return None
    if batch.try_count >= MOST_TRIES and batch.state != ImportState.SETTLING:
        _fail(batch, FileFault.BROKE_OFF, now)
        message = _("An import into a list broke off %(times)s times: %(file)s.")
        values = {"times": MOST_TRIES, "file": batch.file_name}
        alert_organizers(key=f"volunteers.import:{batch.pk}", message=message % values, now=now)
        return batch.pk
    batch.try_count += 1
    batch.save(update_fields=["try_count"])
    return batch.pk


@transaction.atomic
def _check_or_import(batch_id: int, now: datetime) -> None:
    free = ImportBatch.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    work = {ImportState.CHECKING, ImportState.IMPORTING}
    batch = free.filter(pk=batch_id, state__in=sorted(work)).first()
    if batch is None:
        return
    writes = batch.state == ImportState.IMPORTING
    if writes:
        lock_for_transaction(f"{LOCK}{batch.contact_list_id}")
    contact_list = ContactList.objects.get(pk=batch.contact_list_id)
    if contact_list.state == ListState.CLOSED:
        _end(batch, ImportState.DROPPED, now)
        return
    try:
        tally = _take(batch, contact_list, now, writes=writes)
    except BadFile as error:
        _fail(batch, error.fault, now)
        return
    _note(batch, tally)
    if writes:
        _end(batch, ImportState.SETTLING, None)
    else:
        batch.state, batch.try_count = ImportState.CHECKED, 0
        batch.save(update_fields=["state", "try_count"])


def _take(batch: ImportBatch, contact_list: ContactList, now: datetime, *, writes: bool) -> Tally:
    table = open_table(bytes(batch.content or b""))
    columns = {Column(name): position for name, position in batch.columns.items()}
    kind = DoorTaker if contact_list.channel == Channel.DOOR else PersonTaker
    taker = kind(contact_list, RowReader(columns, len(table.head)), now)
    return taker.take(table.rows(), writes=writes)


def _settle(batch_id: int, now: datetime) -> None:
    """Apply what voters said while the import was under way, and order people by the need of their ridings.

    Who said so in a transaction that began before ours was over did not see the new rows; who says so from now on does.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Waits for those transactions; nothing else is held meanwhile, so nobody waits for us in turn.
        cursor.execute("LOCK TABLE volunteers_suppression IN SHARE MODE")
    batch = ImportBatch.objects.select_related("contact_list").get(pk=batch_id)
    _suppress_in(batch.contact_list, now)
    refresh_priorities(contact_list=batch.contact_list)
    ImportBatch.objects.filter(pk=batch_id, state=ImportState.SETTLING).update(
        state=ImportState.DONE, ended_at=now
    )


@transaction.atomic
def _suppress_in(contact_list: ContactList, now: datetime) -> None:
    live = Suppression.objects.filter(lifted_at__isnull=True).values("digest")
    phones = live.filter(thing=SuppressedThing.PHONE)
    addresses = live.filter(thing=SuppressedThing.ADDRESS)
    Door.objects.filter(
        contact_list=contact_list, suppressed_at__isnull=True, address_digest__in=addresses
    ).update(suppressed_at=now)
    known = Contact.objects.filter(
        Q(phone_digest__in=phones) | Q(address_digest__in=addresses), contact_list=contact_list
    )
    close_contacts(known, now)


def _note(batch: ImportBatch, tally: Tally) -> None:
    batch.new_count, batch.changed_count, batch.same_count = tally.new, tally.changed, tally.same
    batch.suppressed_count, batch.bad_count, batch.bad_rows = tally.suppressed, len(tally.bad), tally.bad
    batch.save(
        update_fields=[
            "new_count", "changed_count", "same_count", "suppressed_count", "bad_count", "bad_rows",
        ]
    )  # fmt: skip


def _fail(batch: ImportBatch, fault: FileFault, now: datetime) -> None:
    batch.fault = fault
    batch.save(update_fields=["fault"])
    _end(batch, ImportState.FAILED, now)


def _end(batch: ImportBatch, state: ImportState, now: datetime | None) -> None:
    batch.state, batch.content, batch.ended_at, batch.try_count = state, None, now, 0
    batch.save(update_fields=["state", "content", "ended_at", "try_count"])
