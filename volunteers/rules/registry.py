"""When a period of election begins and ends for calls, and until when its filing is due. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# Source: Canada Elections Act, S.C. 2000, c. 9, section 348.08: within 48 hours after the first call.
TIME_TO_FILE = timedelta(hours=48)
# Source: Canada Elections Act, S.C. 2000, c. 9, section 348.19: scripts and numbers are kept for one year after the period.
KEPT_FOR = timedelta(days=365)
# The day begins first in St. John's and ends last in Vancouver.
_EAST, _WEST = ZoneInfo("America/St_Johns"), ZoneInfo("America/Vancouver")


class Filing(StrEnum):
    """Where the notice to the Voter Contact Registry stands."""

    FILED = "filed"
    DUE = "due"
    LATE = "late"


def span(begins_on: date, polling_on: date) -> tuple[datetime, datetime]:
    """Return when it begins and ceases to be election time anywhere in the country."""
    begins = datetime.combine(begins_on, time(0), _EAST)
    ends = datetime.combine(polling_on + timedelta(days=1), time(0), _WEST)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def is_within(begins_on: date, polling_on: date, now: datetime) -> bool:
    """Say whether it is election time anywhere in the country: from the first midnight to the end of polling day."""
    begins, ends = span(begins_on, polling_on)
    return begins <= now < ends


def due_at(first_call_at: datetime) -> datetime:
    """Return the moment by which the filing has to be made."""
    return first_call_at + TIME_TO_FILE


def filing_state(filed_on: date | None, due: datetime, now: datetime) -> Filing:
    """Return where the filing stands."""
    if filed_on is not None:
        return Filing.FILED
    return Filing.DUE if now <= due else Filing.LATE


def kept_until(polling_on: date) -> date:
    """Return the first day on which scripts and called numbers need not be kept any more."""
    return polling_on + KEPT_FOR
