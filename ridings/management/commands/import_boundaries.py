"""Load the boundaries of a representation order."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.command import ImportCommand
from ridings.importers.load_boundaries import BoundaryOptions, load_boundaries


class Command(ImportCommand):
    help = (
        "Load the ridings of a representation order from GeoJSON (.geojson, .geojson.gz) or an official "
        "zipped "
        "shapefile. A new set is a draft until --live or set_live_boundaries; the same file again changes "
        "nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="boundary file")
        parser.add_argument("--boundary-set", required=True, help="representation order, e.g. 2023")
        parser.add_argument("--live", action="store_true", help="put the set in force")
        parser.add_argument(
            "--expected-count", type=int, help="number of ridings, for an order not known here"
        )
        parser.add_argument("--replace-ridings", action="store_true", help="allow ridings with results to go")
        parser.add_argument("--source", default="", help="where the file comes from, shown to readers")
        parser.add_argument("--licence", default="", help="licence of the file, shown to readers")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        how = BoundaryOptions(
            code=options["boundary_set"],
            live=options["live"],
            expected_count=options["expected_count"],
            keep_ridings=not options["replace_ridings"],
            source=options["source"],
            licence=options["licence"],
        )
        return load_boundaries(options["file"], how, report=self.stdout.write, progress=self.progress())
