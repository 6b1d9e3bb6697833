"""Teams as readers see them; no member's name but to those who lead."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum

from coop4canada.kit.text import plain
from ridings.models import Riding
from ridings.queries.clocks import riding_clocks
from ridings.queries.codes import live_ridings
from supporters.models import RidingRole, User
from supporters.rules.person_name import given_name
from volunteers.access import LEADERS, led_teams
from volunteers.enums import JoinMode, MembershipState, SignupState, Visibility
from volunteers.models import Membership, Shift, ShiftSignup, Team
from volunteers.queries.events import EventCard, coming_events
from volunteers.queries.leaders import leader_ids, leaders_of
from volunteers.queries.names import team_name
from volunteers.rules.zones import DEFAULT_ZONE

ACTIVE = Count("memberships", filter=Q(memberships__state=MembershipState.ACTIVE))


@dataclass(frozen=True)
class Numbers:
    """How many take part, in all."""

    teams: int
    volunteers: int


@dataclass(frozen=True)
class TeamRow:
    """A team in the public list."""

    number: int
    name: str
    members: int


@dataclass(frozen=True)
class TeamSummary:
    """A riding's team in short, for pages that show more than teams; `next_at` is its next public shift."""

    name: str
    members: int
    is_open: bool
    has_captain: bool
    next_at: datetime | None


@dataclass(frozen=True)
class TeamPage:
    """What everybody sees of a team. `riding` None: the phone team; `exists` False: nobody asked for one yet."""

    number: int | None
    name: str
    riding: Riding | None
    exists: bool
    welcome: str
    members: int
    is_open: bool
    has_captain: bool
    events: tuple[EventCard, ...]


@dataclass(frozen=True)
class InsidePage:
    """What a member sees: words of welcome, who leads by first name, events."""

    number: int | None
    name: str
    welcome: str
    leaders: tuple[str, ...]
    events: tuple[EventCard, ...]


@dataclass(frozen=True)
class MemberRow:
    """A member as leaders see them."""

    pk: int
    user_id: int
    name: str
    email: str
    message: str
    since: datetime
    hours: Decimal
    shifts: int
    is_leader: bool


def live_team(number: int | None) -> Team | None:
    """Return the live team of a riding, or the phone team; None if there is none."""
    return Team.objects.filter(riding_number=number, closed_at__isnull=True).first()


def numbers() -> Numbers:
    """Return how many teams there are and how many people are in one."""
    teams = Team.objects.filter(closed_at__isnull=True).count()
    people = Membership.objects.filter(state=MembershipState.ACTIVE, team__closed_at__isnull=True)
    return Numbers(teams, people.aggregate(found=Count("user", distinct=True))["found"])


def team_list() -> tuple[TeamRow, ...]:
    """Return the live teams of ridings, by name of the riding."""
    rows = Team.objects.filter(closed_at__isnull=True, riding_number__isnull=False).annotate(active=ACTIVE)
    found = list(rows.order_by("riding_number"))
    ridings = live_ridings([row.riding_number for row in found if row.riding_number])
    listed = [
        TeamRow(row.riding_number, ridings[row.riding_number].name, row.active)
        for row in found
        if row.riding_number in ridings
    ]
    return tuple(sorted(listed, key=lambda row: plain(row.name)))


def team_summary(riding_number: int, *, now: datetime) -> TeamSummary | None:
    """Return a riding's team in short; None where there is none. One query."""
    shifts = Shift.objects.filter(
        event__team=OuterRef("pk"), event__visibility=Visibility.PUBLIC, event__cancelled_at__isnull=True,
        cancelled_at__isnull=True, starts_at__gt=now,
    )  # fmt: skip
    first = shifts.order_by().values("event__team").annotate(first=Min("starts_at")).values("first")
    captains = RidingRole.objects.filter(riding_number=riding_number, role__in=LEADERS, ended_at__isnull=True)
    rows = Team.objects.filter(riding_number=riding_number, closed_at__isnull=True)
    team = rows.annotate(active=ACTIVE, next_at=Subquery(first), has_captain=Exists(captains)).first()
    if team is None:
        return None
    # A team without a name of its own is called after the riding, which the page knows.
    return TeamSummary(
        team.name, team.active, team.join_mode == JoinMode.OPEN, team.has_captain, team.next_at
    )


def team_page(number: int | None, *, now: datetime) -> TeamPage | None:
    """Return what everybody sees of a team, also where there is none yet; None where there is no such riding."""
    riding = live_ridings([number]).get(number) if number is not None else None
    if number is not None and riding is None:
        return None
    team = live_team(number)
    return TeamPage(
        number=number,
        name=team_name(team or Team(riding_number=number)),
        riding=riding,
        exists=team is not None,
        welcome=team.welcome if team else "",
        members=team.memberships.filter(state=MembershipState.ACTIVE).count() if team else 0,
        is_open=team is not None and team.join_mode == JoinMode.OPEN,
        has_captain=team is not None and bool(leaders_of(team)),
        events=coming_events(team, now=now) if team else (),
    )


def inside_page(team: Team, user: User, *, now: datetime) -> InsidePage:
    """Return what a member sees of the team."""
    return InsidePage(
        number=team.riding_number,
        name=team_name(team),
        welcome=team.welcome,
        leaders=tuple(given_name(leader.name) for leader in leaders_of(team) if leader.name),
        events=coming_events(team, now=now, user=user),
    )


def members_of(team: Team, *state: MembershipState) -> tuple[MemberRow, ...]:
    """Return those of a team in these states, with their hours in it; for leaders only."""
    rows = Membership.objects.filter(team=team, state__in=state).select_related("user")
    found = list(rows.order_by("asked_at", "pk"))
    ids = [row.user_id for row in found]
    hours = _hours(team, ids)
    leading = leader_ids(team, ids)
    return tuple(
        MemberRow(
            row.pk, row.user_id, row.user.name, row.user.email, row.message, row.joined_at or row.asked_at,
            *hours.get(row.user_id, (Decimal(0), 0)), row.user_id in leading,
        )
        for row in found
    )  # fmt: skip


def open_membership(team: Team, user: User) -> Membership | None:
    """Return somebody's membership or wish for one, as long as it has not ended."""
    return Membership.objects.filter(team=team, user=user, ended_at__isnull=True).first()


def membership_of_team(team: Team, pk: int) -> Membership | None:
    """Return a membership of this team that has not ended; None if it is another's."""
    rows = Membership.objects.filter(pk=pk, team=team, ended_at__isnull=True)
    return rows.select_related("user", "team").first()


def teams_of(user: User) -> list[Membership]:
    """Return what somebody belongs to or asked to join, by riding; the phone team comes last."""
    rows = Membership.objects.filter(user=user, ended_at__isnull=True, team__closed_at__isnull=True)
    return list(rows.select_related("team").order_by("team__riding_number", "pk"))


def zone_of(team: Team) -> str:
    """Return the clock that a team goes by: its riding's; Ottawa's for the phone team."""
    if team.riding_number is None:
        return DEFAULT_ZONE
    known = riding_clocks().get(team.riding_number)
    return known.clock.zone if known else DEFAULT_ZONE


def _hours(team: Team, users: list[int]) -> dict[int, tuple[Decimal, int]]:
    rows: QuerySet[ShiftSignup] = ShiftSignup.objects.filter(
        shift__event__team=team, user_id__in=users, state=SignupState.ATTENDED
    )
    sums = rows.order_by().values_list("user_id").annotate(Sum("hours"), Count("pk"))
    return {user: (hours or Decimal(0), shifts) for user, hours, shifts in sums}


def led_by(user: User) -> list[Team]:
    """Return the live teams that somebody leads, by riding; the phone team comes last."""
    return list(led_teams(user).order_by("riding_number", "pk"))
