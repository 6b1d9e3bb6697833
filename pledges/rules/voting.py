"""When one votes, and when those who pledged are reminded of it, by the clock of their riding. Pure.

Source: Canada Elections Act, S.C. 2000, c. 9, sections 128 to 131 (hours of voting) and 171 (advance polls), as
consolidated to May 2026; the hours themselves are rows that organizers edit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pledges.enums import VoteReminder
from pledges.rules.deadlines import ONE_DAY, SETTLING
from ridings.rules.voting_hours import local_moment

# Source: Canada Elections Act, S.C. 2000, c. 9, subsection 171(2): the 10th, 9th, 8th and 7th days before polling day.
FIRST_ADVANCE_DAY, LAST_ADVANCE_DAY = timedelta(days=10), timedelta(days=7)
# By the clock of the riding.
ADVANCE_AT, EVE_AT, DAY_AT = time(9), time(12), time(8)
# Nobody gets a reminder outside of these hours; the night's are sent in the morning.
FIRST_HOUR, LAST_HOUR = 8, 21
# Who voted may tell it until so long after the polls close.
TELLING = timedelta(days=7)


@dataclass(frozen=True)
class ElectionDays:
    """The days on which one can vote."""

    polling_on: date
    advance_first_on: date
    advance_last_on: date


@dataclass(frozen=True)
class PollHours:
    """When polls open and close on polling day by the riding's clock."""

    zone: str
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class VoteMail:
    """A reminder: due at one moment, of no use from another; both in UTC."""

    reminder: VoteReminder
    at: datetime
    until: datetime


def election_days(polling_on: date, first: date | None = None, last: date | None = None) -> ElectionDays:
    """Return the days of an election; those of the advance polls are the law's where organizers wrote none."""
    return ElectionDays(
        polling_on, first or polling_on - FIRST_ADVANCE_DAY, last or polling_on - LAST_ADVANCE_DAY
    )


def closing_of(days: ElectionDays, hours: PollHours) -> datetime:
    """Return the moment at which the polls of a riding close, in UTC."""
    return local_moment(days.polling_on, hours.closes_at, hours.zone)


def vote_mails(days: ElectionDays, hours: PollHours) -> tuple[VoteMail, ...]:
    """Return the reminders of a riding, earliest first; each is of no use once the next is due or polls close."""
    zone, eve = hours.zone, days.polling_on - ONE_DAY
    advance_ends = local_moment(days.advance_last_on, time(LAST_HOUR), zone)
    eve_at, day_at = local_moment(eve, EVE_AT, zone), local_moment(days.polling_on, DAY_AT, zone)
    found = (
        VoteMail(
            VoteReminder.ADVANCE,
            local_moment(days.advance_first_on, ADVANCE_AT, zone),
            min(advance_ends, eve_at),
        ),
        VoteMail(VoteReminder.EVE, eve_at, local_moment(eve, time(LAST_HOUR), zone)),
        VoteMail(VoteReminder.DAY, day_at, closing_of(days, hours)),
    )
    return tuple(mail for mail in found if mail.at < mail.until)


def mails_anywhere(days: ElectionDays, everywhere: Iterable[PollHours]) -> tuple[VoteMail, ...]:
    """Return the reminders of somebody whose riding is not known: at moments that are right in all of them."""
    found: dict[VoteReminder, VoteMail] = {}
    for hours in everywhere:
        for mail in vote_mails(days, hours):
            other = found.get(mail.reminder, mail)
            found[mail.reminder] = VoteMail(
                mail.reminder, max(mail.at, other.at), min(mail.until, other.until)
            )
    return tuple(mail for mail in found.values() if mail.at < mail.until)


def due_mails(mails: Iterable[VoteMail], zones: Sequence[str], now: datetime) -> tuple[VoteMail, ...]:
    """Return what is to be sent now: due, settled, still of use, at an hour at which people in all zones are awake."""
    if not all(FIRST_HOUR <= now.astimezone(ZoneInfo(zone)).hour < LAST_HOUR for zone in zones):
        return ()
    return tuple(mail for mail in mails if mail.at + SETTLING <= now < mail.until)


def takes_replies(days: ElectionDays, now: datetime) -> bool:
    """Say whether “I voted” can be told: from the first advance poll to a week after polling day, by UTC's days."""
    return days.advance_first_on <= now.date() <= days.polling_on + TELLING


def is_all_closed(days: ElectionDays, everywhere: Iterable[PollHours], now: datetime) -> bool:
    """Say whether the last polls of the country are closed; False where no hours are known."""
    closings = [closing_of(days, hours) for hours in everywhere]
    return bool(closings) and now >= max(closings)
