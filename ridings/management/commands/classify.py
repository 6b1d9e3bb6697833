"""Print the class of every riding for any election and boundary set, without publishing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ridings.enums import Method
from ridings.queries.inputs import NotReady, classification_inputs
from ridings.services.classify import compute


class Command(BaseCommand):
    help = "Prints {fed_number: class} for an election on a boundary set; changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preset", required=True, choices=Method.values)
        parser.add_argument(
            "--election", required=True, type=int, help="number of the general election, e.g. 45"
        )
        parser.add_argument("--boundary-set", required=True, help="representation order, e.g. 2023")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401
        try:
            inputs = classification_inputs(
                boundary_set_code=options["boundary_set"],
                election_number=options["election"],
                method=options["preset"],
            )
        except NotReady as error:
            raise CommandError(f"Cannot classify: {error}.") from error
        classes = {str(number): verdict.kind for number, verdict in compute(inputs).verdicts.items()}
        if options["format"] == "json":
            self.stdout.write(json.dumps(classes))
            return
        for number, kind in classes.items():
            self.stdout.write(f"{number} {kind}")
