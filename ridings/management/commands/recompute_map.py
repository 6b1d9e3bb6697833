"""Compute the classes of the map now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from coop4canada.kit.clock import now
from ridings.services import recompute_map, request_recompute


class Command(BaseCommand):
    help = "Computes the class of every riding and publishes the colour document if anything changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cause", default="recompute_map command", help="what is kept with the run")

    def handle(self, *_args: Any, cause: str, **_options: Any) -> None:  # noqa: ANN401
        request_recompute(cause=cause)
        run = recompute_map(at=now(), at_once=True)
        if run is None:
            self.stdout.write("Nothing changed since the last run.")
            return
        counts = ", ".join(f"{kind} {count}" for kind, count in run.counts.items())
        self.stdout.write(f"Run {run.pk}: {counts}; {len(run.diff)} ridings changed class.")
