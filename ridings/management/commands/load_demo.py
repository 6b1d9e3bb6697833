"""Load the demonstration campaign and the country."""

import sys
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from coop4canada.kit.db import advisory_lock
from coop4canada.kit.panels import functions_of
from ridings.importers.files import FileRefused
from ridings.importers.first_start.load import is_loaded, load_everything
from ridings.importers.progress import Progress


class Command(BaseCommand):
    help = (
        "Set up the campaign, its parties and the country: from COOP_DATA_DIR, else from the official "
        "addresses, else "
        "from the fixtures. An interrupted load goes on where it stopped; what is there stays."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where boundaries are in force"
        )
        parser.add_argument(
            "--fixtures-only", action="store_true", help="use neither data directory nor network"
        )

    def handle(self, *_args: Any, if_empty: bool, fixtures_only: bool, **options: Any) -> None:  # noqa: ANN401
        # Two starts at once must not load side by side.
        with advisory_lock("load_demo"):
            if if_empty and is_loaded():
                self.stdout.write("Data is loaded already.")
                return
            progress = Progress(sys.stderr)
            out = self.stdout if options["verbosity"] else OutputWrapper(StringIO())
            try:
                load_everything(fixtures_only=fixtures_only, report=out.write, progress=progress)
            except FileRefused as error:
                raise CommandError(str(error)) from error
            call_command("recompute_map", cause="first start", stdout=out)
            # Examples of apps above, which need the classes of ridings.
            for install in functions_of("first_examples"):
                out.write(install())
