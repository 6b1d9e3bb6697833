"""Compare gifts with the payment provider from a day on, and mend what is missing."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from coop4canada.kit.clock import now
from polls.gateways import GatewayDown
from polls.services.reconciling import reconcile_gifts


class Command(BaseCommand):
    """`reconcile_gifts --since 2026-11-01`; prints one JSON object."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the first day."""
        parser.add_argument("--since", required=True, help="first day, YYYY-MM-DD, UTC")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 — Django's
        """Compare and print what was found."""
        day = _day(options["since"])
        try:
            found = reconcile_gifts(since=datetime.combine(day, time.min, UTC), now=now())
        except GatewayDown as error:
            raise CommandError(f"the provider did not answer: {error}") from error
        self.stdout.write(json.dumps(asdict(found)))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{text!r} is no day: write YYYY-MM-DD")
    return day
