"""Make the organizer's log-in of a development site."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from supporters.models import User

DEFAULT_EMAIL = "organizer@localhost.example"


class Command(BaseCommand):
    help = "Creates an organizer with a random password if there is none, and prints the log-in (development only)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default=DEFAULT_EMAIL)

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:  # noqa: ANN401
        if not settings.DEBUG:
            raise CommandError("Only for development; in production use createsuperuser.")
        # The password is kept beside the development database, so that a second start can print it again.
        note = Path(settings.VAR_DIR) / "organizer.txt"
        if not (note.exists() and User.objects.filter(email=email, is_superuser=True).exists()):
            password = secrets.token_urlsafe(12)
            User.objects.filter(email=email).delete()
            User.objects.create_superuser(email, password)
            note.parent.mkdir(parents=True, exist_ok=True)
            note.touch(mode=0o600)
            note.write_text(f"{email} {password}\n", encoding="utf-8")
        self.stdout.write(f"Organizer log-in: {note.read_text(encoding='utf-8').strip().replace(' ', ' / ')}")
