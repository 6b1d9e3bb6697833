"""Load the candidates of a general election."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.candidates import load_candidates
from ridings.importers.command import ImportCommand
from ridings.importers.results.load import ResultOptions


class Command(ImportCommand):
    help = "Load who stands where. Where votes are loaded already, the candidates with their votes stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="list of candidates, tidy or official, CSV or TSV")
        parser.add_argument(
            "--election", type=int, required=True, help="ordinal number, e.g. 46 for the next"
        )
        parser.add_argument("--boundary-set", default="", help="boundaries, for an election not known here")
        parser.add_argument(
            "--held-on", type=date.fromisoformat, help="polling day, for an election not known here"
        )
        parser.add_argument("--create-parties", action="store_true", help="create parties for unknown labels")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        how = ResultOptions(
            election=options["election"],
            boundary_set=options["boundary_set"],
            held_on=options["held_on"],
            create_parties=options["create_parties"],
        )
        return load_candidates(options["file"], how, report=self.stdout.write)
