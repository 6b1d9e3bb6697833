"""Publish a poll that has every fact the law wants."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop4canada.kit.clock import now
from polls.models import Poll
from polls.services.publishing import PublicationRefused, publish_poll


class Command(BaseCommand):
    help = "Publishes a poll: its page, the map, the mails. Refuses, with reasons, where anything is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("poll", type=int, help="number of the poll")

    def handle(self, *_args: Any, poll: int, **_options: Any) -> str:  # noqa: ANN401
        row = Poll.objects.filter(pk=poll).first()
        if row is None:
            raise CommandError(f"There is no poll {poll}.")
        try:
            publish_poll(poll=row, by=None, now=now())
        except PublicationRefused as refused:
            reasons = "\n".join(f"- {refusal.code}: {refusal.words}" for refusal in refused.refusals)
            raise CommandError(f"Poll {poll} is not published:\n{reasons}") from refused
        return f"Poll {poll} is published."
