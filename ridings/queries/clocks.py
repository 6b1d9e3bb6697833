"""The clocks of the ridings in force."""

from dataclasses import dataclass

from ridings.enums import BoundaryStatus
from ridings.models import Riding
from ridings.rules.clocks import Clock, clock_of


@dataclass(frozen=True)
class RidingClock:
    """A riding in force with its clock; names in both languages, for mails."""

    number: int
    name_en: str
    name_fr: str
    clock: Clock


def riding_clocks() -> dict[int, RidingClock]:
    """Return every riding in force by FED number, with its clock."""
    live = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("number")
    rows = live.values_list("number", "name_en", "name_fr", "boundary_set__code")
    return {
        number: RidingClock(number, name_en, name_fr, clock_of(number, order=order))
        for number, name_en, name_fr, order in rows
    }
