"""Put a boundary set in force."""

from typing import Any

from django.core.management.base import CommandParser

from ridings.importers.command import ImportCommand
from ridings.services.loading import BoundariesRefused, set_live


class Command(ImportCommand):
    help = "Put a loaded boundary set in force; the one before it stays for its elections."
    expected = (BoundariesRefused,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("boundary_set", help="representation order, e.g. 2033")

    def load(self, **options: Any) -> str:  # noqa: ANN401 — options of many types
        return f"{set_live(code=options['boundary_set'])} is in force."
