"""Collect the texts to translate and compile the translations."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

LOCALE = "fr"
NOT_OURS = [".venv", "var", "data", "tests", "static"]


class Command(BaseCommand):
    help = "Collect the texts to translate (needs gettext) and compile the translations (needs polib)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compile-only", action="store_true", help="do not collect, only compile")

    def handle(self, *, compile_only: bool, **_options: Any) -> None:  # noqa: ANN401 — Django's signature
        try:
            import polib  # type: ignore[import-untyped]
        except ImportError as error:
            raise CommandError("polib is missing: it comes with requirements/dev.txt.") from error
        if not compile_only:
            _collect()
        path = Path(settings.LOCALE_PATHS[0]) / LOCALE / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path), wrapwidth=0)
        catalogue.metadata.pop("POT-Creation-Date", None)
        catalogue.save()
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        missing = [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()]
        self.stdout.write(f"{len(catalogue)} texts, {len(missing)} without a good translation.")
        for text in missing:
            self.stdout.write(f"  {text}")


def _collect() -> None:
    if shutil.which("xgettext") is None:
        raise CommandError("xgettext is missing: install gettext, or give --compile-only.")
    call_command(
        "makemessages",
        locale=[LOCALE],
        no_location=True,
        no_wrap=True,
        no_obsolete=True,
        ignore_patterns=NOT_OURS,
        verbosity=0,
    )
