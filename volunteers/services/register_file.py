"""The register of an election period as one file, with a note of how much left."""

from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from coop4canada.kit.export import csv_chunks
from supporters.models import ExportLog
from supporters.services.exports import counted
from volunteers.queries.result_files import Register


def register_file(register: Register, *, log: ExportLog, clock: Callable[[], datetime]) -> IO[bytes]:
    """Return a temporary ZIP at its beginning; the log counts the numbers, which are written last."""
    spool = TemporaryFile()  # noqa: SIM115 — whoever sends it closes it
    with ZipFile(spool, "w", ZIP_DEFLATED) as archive:
        for name, text in register.texts.items():
            archive.writestr(name, text)
        for name, lines in register.tables.items():
            rows = counted(lines, log=log, clock=clock)
            with archive.open(name, "w") as entry:
                for chunk in csv_chunks(rows, has_mark=False):
                    entry.write(chunk.encode())
    spool.seek(0)
    return spool
