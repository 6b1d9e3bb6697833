"""When somebody is reminded of a shift. Pure: by the clock of the place, never by that of the reader.

The ladder: the day before at 11:00, on the day at 08:00, and an hour after the end. A rung is left out for whoever signed up
after it; a shift before 08:00 has none on its day. See docs/algorithms/shift-reminders.md.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from volunteers.enums import ShiftMail

EVE_AT = time(11)
DAY_AT = time(8)
THANKS_AFTER = timedelta(hours=1)
# Later, a word of thanks is a riddle.
THANKS_UNTIL = timedelta(hours=36)


@dataclass(frozen=True)
class Rung:
    """A mail and from when until when it makes sense."""

    mail: ShiftMail
    opens_at: datetime
    closes_at: datetime


def ladder(*, starts_at: datetime, ends_at: datetime, zone: str) -> tuple[Rung, ...]:
    """Return the mails of a shift in their order; times between are of no mail.

    Local times are put together from the date and the clock, so that a change of the clocks in between moves nothing.

    Args:
        starts_at: when the shift begins, aware.
        ends_at: when it ends.
        zone: of the tz database, e.g. "America/St_Johns".
    """
    clock = ZoneInfo(zone)
    day = starts_at.astimezone(clock).date()
    eve = datetime.combine(day - timedelta(days=1), EVE_AT, clock)
    morning = datetime.combine(day, DAY_AT, clock)
    midnight = datetime.combine(day, time(), clock)
    rungs = [Rung(ShiftMail.EVE, eve, midnight)]
    if starts_at > morning:
        rungs.append(Rung(ShiftMail.DAY, morning, starts_at))
    rungs.append(Rung(ShiftMail.AFTER, ends_at + THANKS_AFTER, ends_at + THANKS_UNTIL))
    return tuple(rungs)


def due_mail(
    *, starts_at: datetime, ends_at: datetime, zone: str, signed_up_at: datetime, now: datetime
) -> Rung | None:
    """Return the mail that is due now for somebody, None if none is; those missed by an outage are left out."""
    for rung in ladder(starts_at=starts_at, ends_at=ends_at, zone=zone):
        if rung.opens_at <= now < rung.closes_at:
            is_late = rung.mail is not ShiftMail.AFTER and signed_up_at > rung.opens_at
            return None if is_late else rung
    return None
