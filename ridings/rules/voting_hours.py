"""When polls open and close on polling day. Pure.

Source: Canada Elections Act, S.C. 2000, c. 9, sections 128 to 131 (hours of voting), as consolidated to May 2026; rows
that organizers edit replace the hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ridings.enums import VotingBand

# Source: Canada Elections Act, S.C. 2000, c. 9, section 128, since 1 September 2000. Rows of `VotingHours` replace them.
STATUTORY_HOURS = {
    VotingBand.NEWFOUNDLAND: (time(8, 30), time(20, 30)),
    VotingBand.ATLANTIC: (time(8, 30), time(20, 30)),
    VotingBand.EASTERN: (time(9, 30), time(21, 30)),
    VotingBand.CENTRAL: (time(8, 30), time(20, 30)),
    VotingBand.SASKATCHEWAN: (time(8, 30), time(20, 30)),
    VotingBand.SASKATCHEWAN_SUMMER: (time(7, 30), time(19, 30)),
    VotingBand.MOUNTAIN: (time(7, 30), time(19, 30)),
    VotingBand.PACIFIC: (time(7), time(19)),
}


@dataclass(frozen=True)
class HoursRow:
    """Hours of a band, or of one riding by exception, in force from a day."""

    band: str
    riding_number: int | None
    in_force_from: date
    opens_at: time
    closes_at: time


def hours_in_force(
    rows: Iterable[HoursRow], *, number: int, band: VotingBand, polling_on: date
) -> tuple[time, time]:
    """Return when polls open and close: by the latest row for the riding, else for its band, else by the statute."""
    ours = [
        row
        for row in rows
        if row.in_force_from <= polling_on and (row.riding_number == number or row.band == band)
    ]
    if not ours:
        return STATUTORY_HOURS[band]
    best = max(ours, key=lambda row: (row.riding_number is not None, row.in_force_from))
    return best.opens_at, best.closes_at


def local_moment(day: date, at: time, zone: str) -> datetime:
    """Return a moment of a day by the clock of a zone, in UTC."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
