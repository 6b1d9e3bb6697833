"""System checks of the project's own."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from coop4canada.kit.providers import PROVIDERS

WINTER_OF_2027 = {
    "America/Vancouver": timedelta(hours=-7),
    "America/Edmonton": timedelta(hours=-6),
    "America/Inuvik": timedelta(hours=-6),
    "America/Winnipeg": timedelta(hours=-5),
}


@register()
def clock_rules_of_2026(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse to run on zone files older than the changes of 2026: these four do not fall back any more.

    Source: tzdata 2026.6; British Columbia from March, Alberta from May, Manitoba and the N.W.T. from autumn 2026.
    """
    winter = datetime(2027, 1, 15, 12)  # noqa: DTZ001 — read by several clocks
    found = {zone: winter.replace(tzinfo=ZoneInfo(zone)).utcoffset() for zone in WINTER_OF_2027}
    if found == WINTER_OF_2027:
        return []
    return [
        Error(
            "Time zone data is older than the 2026 clock changes: install tzdata >= 2026.6.", id="coop.E001"
        )
    ]


@register(deploy=True)
def mail_leaves_the_house(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse a production without a mail provider: nobody could confirm a signature."""
    found: list[CheckMessage] = []
    if not settings.MAIL_PROVIDER:
        found.append(
            Error("No mail leaves: set COOP_MAIL_PROVIDER; docs/operations.md names them.", id="coop.E002")
        )
    if settings.MAIL_FROM.endswith("@localhost"):
        found.append(Error("Mails have no sender: set COOP_MAIL_FROM.", id="coop.E003"))
    if settings.MAIL_PROVIDER in PROVIDERS and not settings.MAIL_WEBHOOK_SECRET:
        words = "Bounces and complaints are not heard: set COOP_MAIL_WEBHOOK_SECRET."
        found.append(Error(words, id="coop.E004"))
    return found
