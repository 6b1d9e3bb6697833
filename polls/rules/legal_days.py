"""Days as the law counts them: by the clock of Ottawa. Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

OTTAWA = ZoneInfo("America/Toronto")


def legal_day(moment: dt.datetime) -> dt.date:
    """Return the day on which something happened."""
    return moment.astimezone(OTTAWA).date()


def beginning_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day begins."""
    return dt.datetime.combine(day, dt.time(), OTTAWA)
