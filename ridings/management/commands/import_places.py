"""Load places by whose names people look for their riding."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.command import ImportCommand
from ridings.importers.places import load_places


class Command(ImportCommand):
    help = "Load a table name,province,weight,number,share of cities, towns and neighbourhoods."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file")
        parser.add_argument("--boundary-set", default="2023", help="representation order of the FED numbers")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        return load_places(options["file"], code=options["boundary_set"])
