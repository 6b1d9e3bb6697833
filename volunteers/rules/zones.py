"""The clocks that an event may go by. Pure."""

from ridings.rules import clocks

DEFAULT_ZONE = clocks.EASTERN.zone
# In the order of the sun; two zones of one band differ by name alone.
CLOCKS = (
    clocks.NEWFOUNDLAND,
    clocks.LABRADOR,
    clocks.ATLANTIC,
    clocks.EASTERN,
    clocks.NUNAVUT,
    clocks.CENTRAL,
    clocks.SASKATCHEWAN,
    clocks.MOUNTAIN,
    clocks.NORTH_WEST,
    clocks.PACIFIC,
    clocks.YUKON,
)
LABELS = {clock.zone: clock.band.label for clock in CLOCKS}


def zone_label(zone: str) -> str:
    """Return what a zone is called, such as “Newfoundland time”; its name in the tz database if it is none of ours."""
    return str(LABELS.get(zone, zone))
