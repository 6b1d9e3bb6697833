"""When a riding votes in the coming election."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.queries import active_campaign
from coop4canada.kit.panels import functions_of
from ridings.models import Riding
from ridings.rules.clocks import band_on, clock_of
from ridings.rules.voting_hours import hours_in_force, local_moment


@dataclass(frozen=True)
class PollingDay:
    """Polling day of a riding: its zone of the tz database, and when its polls close, in UTC."""

    on: date
    zone: str
    closes_at: datetime


def polling_day_of(riding: Riding) -> PollingDay | None:
    """Return when a riding votes: as an app above knows it from organizers, else by the campaign and the statute.

    AppConfigs list functions under `polling_day_readers`; each takes `riding_number` and `clock` and returns a
    `PollingDay` or None. None here means that no campaign says when the election is.
    """
    clock = clock_of(riding.number, order=riding.boundary_set.code)
    for reader in functions_of("polling_day_readers"):
        found: PollingDay | None = reader(riding_number=riding.number, clock=clock)
        if found is not None:
            return found
    campaign = active_campaign()
    if campaign is None:
        return None
    on = campaign.election_on
    _opens, closes = hours_in_force((), number=riding.number, band=band_on(clock, on), polling_on=on)
    return PollingDay(on, clock.zone, local_moment(on, closes, clock.zone))
