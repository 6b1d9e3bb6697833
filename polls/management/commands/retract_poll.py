"""Take a published poll back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop4canada.kit.clock import now
from polls.models import Poll
from polls.services.publishing import RetractionRefused, retract_poll

REFUSALS = {"state": "it is not published.", "reason": "a reason is empty."}


class Command(BaseCommand):
    help = "Retracts a published poll: its page keeps the facts and says why, the map forgets it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("poll", type=int, help="number of the poll")
        parser.add_argument("--reason-en", required=True, help="why, in English")
        parser.add_argument("--reason-fr", required=True, help="why, in French")

    def handle(self, *_args: Any, poll: int, reason_en: str, reason_fr: str, **_options: Any) -> str:  # noqa: ANN401
        row = Poll.objects.filter(pk=poll).first()
        if row is None:
            raise CommandError(f"There is no poll {poll}.")
        try:
            retract_poll(poll=row, reason_en=reason_en, reason_fr=reason_fr, by=None, now=now())
        except RetractionRefused as refused:
            raise CommandError(f"Poll {poll} is not retracted: {REFUSALS[str(refused)]}") from refused
        return f"Poll {poll} is retracted."
