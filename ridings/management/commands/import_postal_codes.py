"""Load postal codes, or forward sortation areas."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.command import ImportCommand
from ridings.importers.postal_codes import load_postal_codes


class Command(ImportCommand):
    help = "Load a table postal_code,fed_num,share, or fsa,fed_num,share; the shares of a code add up to 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file")
        parser.add_argument("--boundary-set", default="2023", help="representation order of the FED numbers")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        return load_postal_codes(options["file"], code=options["boundary_set"])
