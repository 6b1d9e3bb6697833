"""When somebody is called back who named a time by their own clock. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ridings.enums import Province
from ridings.rules.clocks import EASTERN
from volunteers.rules.calling_hours import ZONES, is_open, next_opening

# Whoever talked with the voter calls back; from then on anybody does.
OWNER_FIRST = timedelta(minutes=15)
# Nobody remembers a promise for longer.
LONGEST_AHEAD = timedelta(days=60)


class BadCallback(ValueError):
    """The time is past, or too far ahead."""


@dataclass(frozen=True)
class Promise:
    """The moment of the call, and whether it is another than was asked for, which the voter is told."""

    at: datetime
    was_moved: bool


def to_utc(wall: datetime, zone: str) -> datetime:
    """Return the moment at which a clock in the zone shows a naive time.

    A time that the clock skips moves forward by as much as the clock does (02:30 becomes 03:30); of one that it shows
    twice the first is meant. By the clock of Toronto where the zone is not known.
    """
    clock = ZoneInfo(zone if zone in ZONES else EASTERN.zone)
    # fold=0 reads a skipped time by the offset before the gap, which moves it forward, and a doubled one as the first.
    return wall.replace(tzinfo=clock, fold=0).astimezone(UTC)


def promise(*, wall: datetime, zone: str, province: Province | None, now: datetime) -> Promise:
    """Turn a time that a voter named into the moment of the call: within calling hours, else when they open next.

    Args:
        wall: naive, by the voter's clock.
        zone: of the voter; may be unknown.
        province: of the voter; may be unknown.
        now: aware.
    Raises: BadCallback.
    """
    try:
        asked = to_utc(wall, zone)
    except OverflowError as error:
        raise BadCallback from error
    if asked < now - timedelta(minutes=1) or asked > now + LONGEST_AHEAD:
        raise BadCallback
    at = next_opening(zone, province, max(asked, now))
    if at is None:
        raise BadCallback
    skipped = asked.astimezone(ZoneInfo(zone if zone in ZONES else EASTERN.zone)).replace(tzinfo=None)
    return Promise(at, was_moved=not is_open(zone, province, asked) or skipped != wall)
