"""Who leads a team, and which teams nobody leads."""

from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from supporters.enums import RidingRoleKind
from supporters.models import RidingRole, User
from volunteers.access import LEADERS
from volunteers.models import Team

CAPTAINS = (RidingRoleKind.CAPTAIN, RidingRoleKind.PHONE_CAPTAIN)


def kinds_for(team: Team) -> tuple[RidingRoleKind, ...]:
    """Return the roles that lead a team of this kind."""
    return LEADERS if team.riding_number is not None else (RidingRoleKind.PHONE_CAPTAIN,)


def captain_kind(team: Team) -> RidingRoleKind:
    """Return the role of a captain of the team."""
    return RidingRoleKind.CAPTAIN if team.riding_number is not None else RidingRoleKind.PHONE_CAPTAIN


def leading_roles(team: Team) -> QuerySet[RidingRole]:
    """Return the roles by which somebody leads the team now."""
    return RidingRole.objects.filter(
        riding_number=team.riding_number, role__in=kinds_for(team), ended_at__isnull=True
    )


def leaders_of(team: Team) -> list[User]:
    """Return who leads the team now, those first who got the role first."""
    rows = leading_roles(team).filter(user__is_active=True).select_related("user")
    found = {row.user_id: row.user for row in rows.order_by("granted_at", "pk")}
    return list(found.values())


def with_leaders(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Add the addresses of who leads each team now as `leader_emails`, for pages of many teams."""
    live = RidingRole.objects.filter(ended_at__isnull=True, user__is_active=True)
    of_riding = live.filter(riding_number=OuterRef("riding_number"), role__in=LEADERS)
    national = live.filter(riding_number__isnull=True, role=RidingRoleKind.PHONE_CAPTAIN)
    emails = [
        ArraySubquery(rows.order_by("granted_at", "pk").values("user__email"))
        for rows in (of_riding, national)
    ]
    return teams.annotate(
        leader_emails=Case(When(riding_number__isnull=False, then=emails[0]), default=emails[1])
    )


def without_leader(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Narrow teams to those that nobody leads."""
    of_riding = Q(riding_number=OuterRef("riding_number"), role__in=LEADERS)
    national = RidingRole.objects.filter(
        role=RidingRoleKind.PHONE_CAPTAIN, riding_number__isnull=True, ended_at__isnull=True
    )
    led = RidingRole.objects.filter(of_riding, ended_at__isnull=True)
    return teams.exclude(Q(riding_number__isnull=False) & Exists(led)).exclude(
        Q(riding_number__isnull=True) & Exists(national)
    )


def leaderless_count() -> int:
    """Return how many live teams nobody leads."""
    return without_leader(Team.objects.filter(closed_at__isnull=True)).count()


def leader_ids(team: Team, users: Collection[int]) -> frozenset[int]:
    """Return who of these accounts leads the team."""
    return frozenset(leading_roles(team).filter(user_id__in=users).values_list("user_id", flat=True))
