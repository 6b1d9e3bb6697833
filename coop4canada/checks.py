"""System checks of the project's own."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.checks import CheckMessage, Error, register


@register()
def clock_rules_of_2026(**_kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 — Django's signature
    """Refuse to run on zone files older than British Columbia's change of 2026.

    Source: BC Interpretation Amendment in force March 2026; tzdata 2026.6.
    """
    winter = datetime(2027, 1, 15, 12, tzinfo=ZoneInfo("America/Vancouver"))
    if winter.utcoffset() == timedelta(hours=-7):
        return []
    return [
        Error(
            "Time zone data is older than the 2026 clock changes: install tzdata >= 2026.6.", id="coop.E001"
        )
    ]
