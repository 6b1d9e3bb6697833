"""How a petition is doing right now, for organizers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncHour

from petitions.models import Petition, PetitionCount, Signature, Tally
from ridings.models import Riding
from ridings.queries.codes import live_ridings
from supporters.enums import EntryState

TOP_RIDINGS = 20
HOURS = 24
# Whoever looks at more has a flood to look at, not a number.
MOST_HELD = 10_000


@dataclass(frozen=True)
class RidingTally:
    """How many signed in a riding; None for those whose riding is not known."""

    riding: Riding | None
    number: int
    confirmed: int
    pending: int


@dataclass(frozen=True)
class HourTally:
    """How many signed within an hour, in any state."""

    begins_at: datetime
    count: int


@dataclass(frozen=True)
class Tallies:
    """Counts of a petition: confirmed and pending as of the last counting, the rest as of now."""

    petition: Petition
    confirmed: int
    pending: int
    held: int
    counted_at: datetime | None
    ridings: tuple[RidingTally, ...]
    hours: tuple[HourTally, ...]

    @property
    def are_more_held(self) -> bool:
        """There are more held ones than were counted."""
        return self.held > MOST_HELD

    @property
    def most_in_a_riding(self) -> int:
        """For the scale of a drawing: never 0."""
        return max([1, *(tally.confirmed for tally in self.ridings)])

    @property
    def most_in_an_hour(self) -> int:
        """For the scale of a drawing: never 0."""
        return max([1, *(hour.count for hour in self.hours)])


def tallies_of(petition: Petition, now: datetime) -> Tallies:
    """Return how a petition is doing."""
    count = PetitionCount.objects.filter(petition=petition).first() or PetitionCount(petition=petition)
    held = Signature.objects.filter(petition=petition, state=EntryState.HELD)
    return Tallies(
        petition=petition,
        confirmed=count.confirmed,
        pending=count.pending,
        held=held.order_by("pk").values("pk")[: MOST_HELD + 1].count(),
        counted_at=count.counted_at,
        ridings=_ridings(petition),
        hours=_hours(petition, now),
    )


def _ridings(petition: Petition) -> tuple[RidingTally, ...]:
    rows = Tally.objects.filter(petition=petition).order_by("-confirmed", "-pending", "riding_number")
    top = list(rows[:TOP_RIDINGS])
    ridings = live_ridings({row.riding_number for row in top})
    return tuple(
        RidingTally(ridings.get(row.riding_number), row.riding_number, row.confirmed, row.pending)
        for row in top
    )


def _hours(petition: Petition, now: datetime) -> tuple[HourTally, ...]:
    this_hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    begins = [this_hour - timedelta(hours=back) for back in range(HOURS)]
    rows = Signature.objects.filter(petition=petition, created_at__gte=begins[-1], created_at__lte=now)
    hours = rows.annotate(hour=TruncHour("created_at", tzinfo=UTC)).values_list("hour")
    counts = dict(hours.annotate(count=Count("pk")).order_by("hour"))
    return tuple(HourTally(hour, counts.get(hour, 0)) for hour in begins)
