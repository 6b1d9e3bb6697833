"""Import doors or people to call into a list."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop4canada.kit.clock import now
from volunteers.enums.importing import Column, FileFault, ImportState
from volunteers.models import ContactList, ImportBatch
from volunteers.queries.lists import bad_lines, named_columns
from volunteers.rules.contact_columns import missing_columns, offered_columns
from volunteers.rules.contact_files import BadFile, open_table
from volunteers.services.importing import (
    ListClosed,
    drop_import,
    name_columns,
    run_import,
    start_import,
    upload_file,
)
from volunteers.services.importing.batches import Upload

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import a CSV file into a contact list: doors (number, street, city or postal_code, latitude, longitude) or "
        "people to call (phone, riding or postal_code). Columns are known by their English or French names. Wholly or "
        "not at all: with rows that would be left out nothing is imported, unless --leave-out-bad."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file")
        parser.add_argument(
            "--list", type=int, required=True, dest="pk", help="number of the list, as in admin"
        )
        parser.add_argument(
            "--column", action="append", default=[], metavar="WHAT=NAME", help="e.g. phone='Home tel.'"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")
        parser.add_argument("--leave-out-bad", action="store_true", help="import the good rows all the same")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 — Django's own signature
        """Upload, check and import, or say why not."""
        batch = self._checked(options)
        if options["dry_run"] or (batch.bad_count and not options["leave_out_bad"]):
            drop_import(batch_id=batch.pk, now=now())
            if not options["dry_run"]:
                raise CommandError("Rows would be left out. Nothing was changed; see --leave-out-bad.")
            return
        start_import(batch_id=batch.pk)
        run_import(batch_id=batch.pk, now=now())
        batch.refresh_from_db()
        _stop_if_failed(batch)
        self.stdout.write(f"Imported into list {batch.contact_list_id}.")

    def _checked(self, options: dict[str, Any]) -> ImportBatch:
        contact_list = ContactList.objects.filter(pk=options["pk"]).first()
        if contact_list is None:
            raise CommandError(f"There is no list {options['pk']}.")
        upload = Upload(options["file"].name, _content(options["file"]))
        try:
            batch = upload_file(contact_list=contact_list, upload=upload, by=None, now=now())
        except BadFile as error:
            raise CommandError(
                f"{FileFault(error.fault).label} {error.detail} Nothing was changed."
            ) from error
        except ListClosed as error:
            raise CommandError("The list is closed. Nothing was changed.") from error
        name_columns(batch_id=batch.pk, columns=_columns(batch, contact_list, upload, options["column"]))
        run_import(batch_id=batch.pk, now=now())
        batch.refresh_from_db()
        _stop_if_failed(batch)
        self._tell(batch)
        return batch

    def _tell(self, batch: ImportBatch) -> None:
        self.stdout.write(
            f"{batch.row_count} rows: {batch.new_count} new, {batch.changed_count} changed, {batch.same_count} there "
            f"already, {batch.bad_count} left out; {batch.suppressed_count} not to be contacted."
        )
        for number, bad in enumerate(bad_lines(batch)):
            if number == SHOWN:
                self.stderr.write(f"… and {batch.bad_count - SHOWN} more")
                break
            self.stderr.write(f"line {bad.line}: {bad.reason} {bad.cell}")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error


def _columns(
    batch: ImportBatch, contact_list: ContactList, upload: Upload, named: list[str]
) -> dict[Column, int]:
    columns, head = named_columns(batch), open_table(upload.content).head
    offered = offered_columns(contact_list.channel)
    for pair in named:
        what, _equals, name = pair.partition("=")
        if what not in offered or name not in head:
            drop_import(batch_id=batch.pk, now=now())
            raise CommandError(f"--column {pair}: write WHAT=NAME; WHAT is one of {', '.join(offered)}.")
        columns[Column(what)] = head.index(name)
    has_riding = contact_list.riding_number is not None
    missing = missing_columns(columns, contact_list.channel, has_riding=has_riding)
    if missing:
        drop_import(batch_id=batch.pk, now=now())
        wanted = "; ".join(" or ".join(group) for group in missing)
        raise CommandError(f"Columns are missing: {wanted}. Nothing was changed.")
    return columns


def _stop_if_failed(batch: ImportBatch) -> None:
    if batch.state == ImportState.FAILED:
        raise CommandError(f"{FileFault(batch.fault).label} Nothing was changed.")
