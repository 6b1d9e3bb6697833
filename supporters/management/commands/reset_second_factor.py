"""Let the last organizer in again who lost phone and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop4canada.kit.clock import now
from supporters.queries.roles import account_at
from supporters.services.second_factors import reset_second_factor


class Command(BaseCommand):
    help = "Removes the second factors of one account and mails its owner; organizers do the same in admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:  # noqa: ANN401
        user = account_at(email)
        if user is None:
            raise CommandError(f"There is no account {email}.")
        was_set_up = reset_second_factor(user=user, now=now())
        self.stdout.write("Second factor removed." if was_set_up else "There was no second factor.")
