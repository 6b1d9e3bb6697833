"""What teams have done: doors, conversations, pledges; in all and in the last seven days. Counts only, nobody's name."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from campaign.models.languages import active_language
from coop4canada.kit import clock
from coop4canada.kit.memory import ShortMemory
from volunteers.enums import CONVERSATIONS, Channel, MembershipState, Outcome, Visibility
from volunteers.models import Attempt, Membership, Shift, Team

WEEK = timedelta(days=7)
MOST_EVENTS = 3
# Public counts of the country may be a minute old.
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
class NextEvent:
    """A shift of a public event, by the clock of its place."""

    title_en: str
    title_fr: str
    place: str
    begins: datetime

    @property
    def title(self) -> str:
        """Title in the active language, else in the other one."""
        return _in_language(self.title_en, self.title_fr)


@dataclass(frozen=True)
class TeamOfRiding:
    """A riding's team in public."""

    pk: int
    name_en: str
    name_fr: str
    members: int
    totals: Totals
    events: tuple[NextEvent, ...]

    @property
    def name(self) -> str:
        """Name in the active language, else in the other one; may be empty."""
        return _in_language(self.name_en, self.name_fr)


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


def team_query(riding_number: int, now: datetime) -> QuerySet[Team, Any]:
    """Return the query of a riding's live team, as one value: part of a larger query."""
    aggregates = _aggregates("all", Q()) | _aggregates("week", Q(happened_at__gt=now - WEEK))
    attempts = counted(Attempt.objects.filter(riding_number=riding_number, team=OuterRef("pk")))
    done = attempts.order_by().values("team").annotate(found=JSONObject(**aggregates)).values("found")
    members = Membership.objects.filter(team=OuterRef("pk"), state=MembershipState.ACTIVE).order_by()
    count = members.values("team").annotate(found=Count("pk")).values("found")
    facts = JSONObject(
        pk="pk",
        name_en="name_en",
        name_fr="name_fr",
        members=Coalesce(Subquery(count), Value(0)),
        done=Subquery(done),
        coming=ArraySubquery(_coming(now)),
    )
    teams = Team.objects.filter(riding_number=riding_number, closed_at__isnull=True)
    return teams.values(found=facts)[:1]


def team_of(found: dict[str, Any] | None) -> TeamOfRiding | None:
    """Return what the query found; None where no team is."""
    if found is None:
        return None
    return TeamOfRiding(
        pk=found["pk"],
        name_en=found["name_en"],
        name_fr=found["name_fr"],
        members=found["members"],
        totals=_totals(found["done"]),
        events=tuple(_event(shift) for shift in found["coming"]),
    )


def _coming(now: datetime) -> QuerySet[Shift, Any]:
    shifts = Shift.objects.filter(
        event__team=OuterRef("pk"),
        event__visibility=Visibility.PUBLIC,
        event__cancelled_at=None,
        cancelled_at=None,
        starts_at__gt=now,
    ).order_by("starts_at", "pk")
    names = {"en": "event__title_en", "fr": "event__title_fr", "place": "event__place_name"}
    return shifts.values(found=JSONObject(**names, zone="event__zone", at="starts_at"))[:MOST_EVENTS]


def _event(found: dict[str, str]) -> NextEvent:
    begins = datetime.fromisoformat(found["at"]).astimezone(ZoneInfo(found["zone"]))
    return NextEvent(found["en"], found["fr"], found["place"], begins)


def _in_language(english: str, french: str) -> str:
    return (french or english) if active_language() == "fr" else (english or french)


def team_totals(team: Team, now: datetime) -> Totals:
    """Return what a team has done, as of now."""
    return totals_of(Attempt.objects.filter(team=team), now)
