"""Load opinion polls or polling averages."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.command import ImportCommand
from ridings.importers.polling import COLLECTED_BY, load_polling


class Command(ImportCommand):
    help = (
        "Load polls (end_date,pollster,region, a column for each party, in percent), which become one "
        "average a "
        "region, or ready averages (region,party,as_of,share,source)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file")
        parser.add_argument(
            "--collected-by", default=COLLECTED_BY, help="who collected the polls, shown to readers"
        )

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        return load_polling(options["file"], collected_by=options["collected_by"])
