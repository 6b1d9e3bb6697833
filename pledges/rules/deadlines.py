"""When a party takes members, when it votes, and which reminder is due. Pure.

Days begin and end at midnight in the drive's own zone: "until 3 March" holds to the last second of 3 March there.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pledges.enums import Reminder

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# Reminders are written between these hours of the drive's zone; what was missed waits for the morning.
FIRST_HOUR, LAST_HOUR = 9, 21
# Whoever asked before a reminder was due gets it: this long their commit may still be under way.
SETTLING = timedelta(minutes=2)


@dataclass(frozen=True)
class Dates:
    """The days of a drive; `opens_on` None means that the party takes members already."""

    opens_on: date | None
    joins_by: date
    vote_opens_on: date
    vote_closes_on: date
    zone: str


class Phase(StrEnum):
    """Where a drive stands."""

    UPCOMING = "upcoming"  # not yet taking members
    JOINING = "joining"
    WAITING = "waiting"  # too late to join, the vote is still to come
    VOTING = "voting"
    OVER = "over"


@dataclass(frozen=True)
class Standing:
    """Where a drive stands, and the days left until that ends: 0 on the last day, and when all is over.

    On a day that is the last to join and the first to vote, joining comes first.
    """

    phase: Phase
    days_left: int


@dataclass(frozen=True)
class Due:
    """A reminder: due at one moment, of no use from another; both in UTC."""

    reminder: Reminder
    at: datetime
    until: datetime


def standing(dates: Dates, now: datetime) -> Standing:
    """Say where a drive stands at this moment."""
    today = now.astimezone(ZoneInfo(dates.zone)).date()
    if dates.opens_on is not None and today < dates.opens_on:
        return Standing(Phase.UPCOMING, (dates.opens_on - today).days)
    if today <= dates.joins_by:
        return Standing(Phase.JOINING, (dates.joins_by - today).days)
    if today < dates.vote_opens_on:
        return Standing(Phase.WAITING, (dates.vote_opens_on - today).days)
    if today <= dates.vote_closes_on:
        return Standing(Phase.VOTING, (dates.vote_closes_on - today).days)
    return Standing(Phase.OVER, 0)


def start_of(day: date, zone: str) -> datetime:
    """Return the first moment of a day in a zone, in UTC."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """Return the moment at which a day in a zone is over, in UTC."""
    return start_of(day + ONE_DAY, zone)


def ending_of(dates: Dates, phase: Phase) -> datetime | None:
    """Return the moment at which a phase ends, in UTC; None if it lasts for ever."""
    zone = dates.zone
    endings = {
        Phase.UPCOMING: start_of(dates.opens_on, zone) if dates.opens_on else None,
        Phase.JOINING: end_of(dates.joins_by, zone),
        Phase.WAITING: start_of(dates.vote_opens_on, zone),
        Phase.VOTING: end_of(dates.vote_closes_on, zone),
    }
    return endings.get(phase)


def reminders_of(dates: Dates) -> tuple[Due, ...]:
    """Return every reminder of a drive, earliest first; of two for one morning only that which asks for something now.

    A reminder is of no use once the next of its kind is due, or what it reminds of is past.
    """
    zone, last_but_one = dates.zone, dates.vote_closes_on - ONE_DAY
    join_week = _morning(dates.joins_by - WEEK, zone)
    join_day = _morning(dates.joins_by - ONE_DAY, zone)
    found = [
        Due(Reminder.JOIN_WEEK, join_week, join_day),
        Due(Reminder.JOIN_DAY, join_day, end_of(dates.joins_by, zone)),
    ]
    closing = end_of(dates.vote_closes_on, zone)
    vote_open = _morning(dates.vote_opens_on, zone)
    if last_but_one > dates.vote_opens_on:
        vote_last = _morning(last_but_one, zone)
        found += [
            Due(Reminder.VOTE_OPEN, vote_open, vote_last),
            Due(Reminder.VOTE_LAST, vote_last, closing),
        ]
    else:
        found.append(Due(Reminder.VOTE_OPEN, vote_open, closing))
    return tuple(found)


def due_reminders(dates: Dates, now: datetime) -> tuple[Due, ...]:
    """Return what is to be sent now: due, settled, still of use, and at an hour at which people are awake."""
    hour = now.astimezone(ZoneInfo(dates.zone)).hour
    if not FIRST_HOUR <= hour < LAST_HOUR:
        return ()
    return tuple(due for due in reminders_of(dates) if due.at + SETTLING <= now < due.until)


def asks_to_join(reminder: str) -> bool:
    """Say whether a reminder is for those who have not joined yet."""
    return reminder in {Reminder.JOIN_WEEK, Reminder.JOIN_DAY}


def takes_reports(phase: Phase) -> bool:
    """Say whether "I joined" can be told in this phase; members of long standing may tell it until the end."""
    return phase in {Phase.JOINING, Phase.WAITING, Phase.VOTING}


def takes_reminders(phase: Phase) -> bool:
    """Say whether a reminder can be asked for: there is something left to remind of."""
    return phase != Phase.OVER


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(FIRST_HOUR), ZoneInfo(zone)).astimezone(UTC)
