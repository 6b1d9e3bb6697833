"""Whether the pinned zone files are new enough to tell somebody's local time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WINTER_OF_2027 = {
    "America/Vancouver": timedelta(hours=-7),
    "America/Edmonton": timedelta(hours=-6),
    "America/Inuvik": timedelta(hours=-6),
    "America/Winnipeg": timedelta(hours=-5),
}


def knows_clocks_of_2026() -> bool:
    """Say whether the zone files know the changes of 2026: these four do not fall back any more.

    Source: tzdata 2026.6; British Columbia from March, Alberta from May, Manitoba and the N.W.T. from autumn 2026.
    """
    winter = datetime(2027, 1, 15, 12)  # noqa: DTZ001 — read by several clocks
    found = {zone: winter.replace(tzinfo=ZoneInfo(zone)).utcoffset() for zone in WINTER_OF_2027}
    return found == WINTER_OF_2027
