"""What every import command shares: one sentence for an expected failure, and a progress bar."""

import sys
from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, transaction

from ridings.importers.files import FileRefused
from ridings.importers.progress import Progress


class ImportCommand(BaseCommand, ABC):
    """A command that loads a file wholly or not at all."""

    # A refused file raises these; anything else is a bug and keeps its trace.
    expected: tuple[type[Exception], ...] = (FileRefused,)
    requires_migrations_checks = True

    def handle(self, *_args: Any, **options: Any) -> str | None:  # noqa: ANN401 — Django's own signature
        """Run `load` in one transaction."""
        try:
            with transaction.atomic():
                return self.load(**options)
        except self.expected as error:
            raise CommandError(str(error)) from error
        except (DataError, IntegrityError) as error:
            problem = str(error).splitlines()[0]
            raise CommandError(
                f"The file holds a value the database does not take, or a row twice: {problem}. "
                "Nothing was changed."
            ) from error

    @abstractmethod
    def load(self, **options: Any) -> str | None:  # noqa: ANN401 — the options of the command
        """Do the work; return the sentence that is printed."""

    def progress(self) -> Progress:
        """Return a progress bar on the error stream."""
        return Progress(sys.stderr)
