"""What teams have done: doors, conversations, pledges; in all and in the last seven days. Counts only, nobody's name."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from campaign.models.languages import active_language
from coop4canada.kit import clock
from coop4canada.kit.memory import ShortMemory
from volunteers.enums import CONVERSATIONS, Channel, MembershipState, Outcome
from volunteers.models import Attempt, Membership, Team

WEEK = timedelta(days=7)
# Public counts may be a minute old; a riding's page asks at most once a minute in every process.
_of_ridings: ShortMemory["TeamOfRiding | None"] = ShortMemory(timedelta(seconds=60), most=400)
_of_country: ShortMemory["Totals"] = ShortMemory(timedelta(seconds=60))


@dataclass(frozen=True)
class Counts:
    """What came of a while: doors knocked on, calls made, conversations at both, voters won over, pledges taken."""

    doors: int = 0
    calls: int = 0
    conversations: int = 0
    successes: int = 0
    pledges: int = 0

    @property
    def has_any(self) -> bool:
        """Say whether anything has been done."""
        return any(asdict(self).values())


@dataclass(frozen=True)
class Totals:
    """Counts of the last seven days, and of all time."""

    week: Counts
    all: Counts


@dataclass(frozen=True)
class TeamOfRiding:
    """A riding's team in public."""

    pk: int
    name_en: str
    name_fr: str
    riding_number: int
    members: int
    totals: Totals

    @property
    def name(self) -> str:
        """Name in the active language, else in the other one; may be empty."""
        first, second = (
            (self.name_fr, self.name_en) if active_language() == "fr" else (self.name_en, self.name_fr)
        )
        return first or second


def team_of_riding(riding_number: int) -> TeamOfRiding | None:
    """Return a riding's live team with its counts, a minute old at most; one query."""
    now = clock.now()
    return _of_ridings.recall(riding_number, lambda: _team(riding_number, now), now=now)


def country_totals() -> Totals:
    """Return what all teams have done, a minute old at most; one query."""
    now = clock.now()
    return _of_country.recall("country", lambda: totals_of(Attempt.objects.all(), now), now=now)


def totals_of(attempts: QuerySet[Attempt], now: datetime) -> Totals:
    """Count attempts in one query."""
    week = Q(happened_at__gt=now - WEEK)
    found = counted(attempts).aggregate(**_aggregates("all", Q()), **_aggregates("week", week))
    return _totals(found)


def counts_of(attempts: QuerySet[Attempt]) -> Counts:
    """Count attempts as they are, in one query."""
    return _counts("all", counted(attempts).aggregate(**_aggregates("all", Q())))


def counted(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Leave out what a later attempt corrects, and calls that were given up."""
    corrected = Exists(Attempt.objects.filter(corrects=OuterRef("pk")))
    return attempts.exclude(outcome=Outcome.UNKNOWN).filter(~corrected)


def _aggregates(prefix: str, when: Q) -> dict[str, Any]:
    door, phone = Q(channel=Channel.DOOR), Q(channel=Channel.PHONE)
    # A purged list leaves no doors to tell apart: what remains of them are the visits.
    return {
        f"{prefix}_known_doors": Count("door", filter=when & door, distinct=True),
        f"{prefix}_past_visits": Count("pk", filter=when & door & Q(door=None)),
        f"{prefix}_calls": Count("pk", filter=when & phone),
        f"{prefix}_conversations": Count("pk", filter=when & Q(outcome__in=CONVERSATIONS)),
        f"{prefix}_successes": Count("pk", filter=when & Q(is_success=True)),
        f"{prefix}_pledges": Count("pk", filter=when & Q(took_pledge=True)),
    }


def _counts(prefix: str, found: dict[str, int]) -> Counts:
    return Counts(
        doors=found[f"{prefix}_known_doors"] + found[f"{prefix}_past_visits"],
        calls=found[f"{prefix}_calls"],
        conversations=found[f"{prefix}_conversations"],
        successes=found[f"{prefix}_successes"],
        pledges=found[f"{prefix}_pledges"],
    )


def _totals(found: dict[str, int] | None) -> Totals:
    return Totals(_counts("week", found), _counts("all", found)) if found else Totals(Counts(), Counts())


def _team(riding_number: int, now: datetime) -> TeamOfRiding | None:
    aggregates = _aggregates("all", Q()) | _aggregates("week", Q(happened_at__gt=now - WEEK))
    attempts = counted(Attempt.objects.filter(riding_number=riding_number, team=OuterRef("pk")))
    done = attempts.order_by().values("team").annotate(found=JSONObject(**aggregates)).values("found")
    members = Membership.objects.filter(team=OuterRef("pk"), state=MembershipState.ACTIVE).order_by()
    count = members.values("team").annotate(found=Count("pk")).values("found")
    row = (
        Team.objects.filter(riding_number=riding_number, closed_at__isnull=True)
        .annotate(member_count=Coalesce(Subquery(count), Value(0)), done=Subquery(done))
        .first()
    )
    if row is None:
        return None
    return TeamOfRiding(row.pk, row.name_en, row.name_fr, riding_number, row.member_count, _totals(row.done))


def team_totals(team: Team, now: datetime) -> Totals:
    """Return what a team has done, as of now."""
    return totals_of(Attempt.objects.filter(team=team), now)
