"""Load the readings of a poll from a CSV table."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from polls.models import Poll
from polls.services.entering import PollLocked, import_readings, read_table
from ridings.importers.files import FileRefused, read_text


class Command(BaseCommand):
    help = "Loads readings (question, basis, group, answer, share or share_percent, base) of a draft; wholly or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("poll", type=int, help="number of the poll; its questions are there already")
        parser.add_argument("file", type=Path, help="CSV table; commas, semicolons or tabs")
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong")

    def handle(self, *_args: Any, poll: int, file: Path, dry_run: bool, **_options: Any) -> str:  # noqa: ANN401
        row = Poll.objects.filter(pk=poll).first()
        if row is None:
            raise CommandError(f"There is no poll {poll}.")
        try:
            text = read_text(file)
            report = read_table(poll=row, text=text) if dry_run else import_readings(poll=row, text=text)
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
        except PollLocked as locked:
            raise CommandError(f"Poll {poll} is published: retract it first.") from locked
        if report.problems:
            raise CommandError("\n".join([*report.problems, "Nothing was changed."]))
        for warning in report.warnings:
            self.stderr.write(f"Warning: {warning}")
        verb = "would be loaded" if dry_run else "are loaded"
        return f"{len(report.readings)} readings of {report.question_count} questions {verb}."
