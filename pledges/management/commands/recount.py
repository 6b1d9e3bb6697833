"""Count a published ballot file again and compare with what was published; asks no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pledges.rules.ballot_file import BadFile, read_file, recount, stated


class Command(BaseCommand):
    help = "Counts the ballots of a published file again, shows every round, and says whether the outcome is the stated one."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="ballots-….json from the page of the result")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:  # noqa: ANN401
        try:
            ballots = read_file(file.read_bytes())
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except BadFile as error:
            raise CommandError(f"Not a ballot file as published: {error}.") from error
        tally, outcome = recount(ballots)
        for number, one in enumerate(tally.rounds, start=1):
            votes = ", ".join(f"{option} {count}" for option, count in one.votes.items())
            out = f"; out: {', '.join(one.eliminated)}" if one.eliminated else ""
            self.stdout.write(f"Round {number}: {votes}; exhausted {one.exhausted}{out}")
        found = stated(outcome)
        self.stdout.write(
            f"Outcome: {found.reason}, {found.option or 'nobody'}; {found.cast} of {outcome.eligible} cast, {found.valid} valid"
        )
        if found != ballots.outcome:
            raise CommandError("This is NOT what the file states as published.")
        self.stdout.write("The same as published.")
