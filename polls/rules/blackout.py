"""When no new result of a poll may reach a riding. Pure.

Source: Canada Elections Act, S.C. 2000, c. 9, section 328: on polling day, before every polling station of the electoral
district is closed, results that were not made public before may not be transmitted there. What was shown before stays.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class BlackoutRule:
    """The law as it stands from a day on; `is_in_force` False would be a repeal."""

    in_force_from: date
    is_in_force: bool = True


# The newest row that is in force on polling day counts.
# Source: Canada Elections Act, S.C. 2000, c. 9, in force 1 September 2000; section 328 as amended by 2007, c. 21, s. 30.1.
RULES = (BlackoutRule(date(2000, 9, 1)),)


@dataclass(frozen=True)
class Blackout:
    """From when until when nothing new is shown, in UTC."""

    begins_at: datetime
    ends_at: datetime


def blackout_of(
    polling_on: date, *, zone: str, closes_at: datetime, rules: tuple[BlackoutRule, ...] = RULES
) -> Blackout | None:
    """Return the blackout of a riding: from its midnight to the close of its polls; None where the law knows none.

    Args:
        polling_on: polling day.
        zone: the riding’s zone of the tz database.
        closes_at: when the polls of the riding close.
        rules: the law through time.
    """
    known = [rule for rule in rules if rule.in_force_from <= polling_on]
    if not known or not max(known, key=lambda rule: rule.in_force_from).is_in_force:
        return None
    midnight = datetime.combine(polling_on, time.min, ZoneInfo(zone)).astimezone(UTC)
    return Blackout(midnight, closes_at)


def is_blacked_out(blackout: Blackout | None, now: datetime) -> bool:
    """Say whether nothing new may be shown now; at the very moment of the close it may."""
    return blackout is not None and blackout.begins_at <= now < blackout.ends_at
