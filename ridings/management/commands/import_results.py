"""Load the results of a general election."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ridings.enums import ResultBasis
from ridings.importers.command import ImportCommand
from ridings.importers.results.load import ResultOptions, load_results


class Command(ImportCommand):
    help = (
        "Load votes, candidates and ballots of an election. Reads the official tables 12 (2004 on), the "
        "results "
        "service, the official transpositions and tidy tables; the format is found by the header."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="result file, plain or gzip-compressed")
        parser.add_argument("--election", type=int, required=True, help="ordinal number, e.g. 45 for 2025")
        parser.add_argument(
            "--boundary-set", default="", help="boundaries of the votes, if not those it was held on"
        )
        parser.add_argument(
            "--basis",
            choices=[ResultBasis.ACTUAL, ResultBasis.OFFICIAL],
            default=ResultBasis.ACTUAL,
            help="actual count, or official transposition onto other boundaries",
        )
        parser.add_argument(
            "--held-on", type=date.fromisoformat, help="polling day, for an election not known here"
        )
        parser.add_argument("--turnout", type=Path, help="table 11 or tidy table with electors and ballots")
        parser.add_argument(
            "--partial", action="store_true", help="allow a file that lacks ridings of the set"
        )
        parser.add_argument("--create-parties", action="store_true", help="create parties for unknown labels")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        how = ResultOptions(
            election=options["election"],
            boundary_set=options["boundary_set"],
            basis=ResultBasis(options["basis"]),
            held_on=options["held_on"],
            turnout=options["turnout"],
            partial=options["partial"],
            create_parties=options["create_parties"],
        )
        return load_results(options["file"], how, report=self.stdout.write)
