"""Importing doors and people to call: a file becomes rows of a list, wholly or not at all."""

from volunteers.services.importing.batches import (
    ImportUnderWay,
    ListClosed,
    drop_import,
    forget_uploads,
    name_columns,
    start_import,
    upload_file,
)
from volunteers.services.importing.running import run_import, run_next_import

__all__ = [
    "ImportUnderWay",
    "ListClosed",
    "drop_import",
    "forget_uploads",
    "name_columns",
    "run_import",
    "run_next_import",
    "start_import",
    "upload_file",
]
