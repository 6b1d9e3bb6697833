"""Lay out the cartogram of a boundary set."""

from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.boundaries import stored_cells
from ridings.importers.command import ImportCommand
from ridings.importers.postal_codes import set_with_ridings
from ridings.services.loading import replace_cells


class Command(ImportCommand):
    help = (
        "Give every riding of a loaded boundary set its cell of the cartogram, in place of the cells it has."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--boundary-set", default="2023", help="representation order")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        boundary_set = set_with_ridings(options["boundary_set"])
        moved = replace_cells(boundary_set=boundary_set, cells=stored_cells(boundary_set))
        return f"Cartogram {boundary_set.code}: {moved} ridings moved."
