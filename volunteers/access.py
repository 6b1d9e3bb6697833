"""The door to what belongs to a team: what it does not hand out does not exist for whoever asks.

Captains and local organizers of a riding lead its team, captains of the phone team the national one. Organizers work in
admin, which has its own door.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from supporters.enums import RidingRoleKind
from supporters.queries.roles import has_role, ridings_with_role
from volunteers.enums import MembershipState
from volunteers.models import Membership, Team

Account = AbstractBaseUser | AnonymousUser

LEADERS = (RidingRoleKind.CAPTAIN, RidingRoleKind.LOCAL_ORGANIZER)


def leads_riding(user: Account, riding_number: int) -> bool:
    """Say whether the account leads the team of the riding now."""
    return has_role(user, riding_number, *LEADERS)


def leads_phone_team(user: Account) -> bool:
    """Say whether the account leads the national phone team now."""
    return has_role(user, None, RidingRoleKind.PHONE_CAPTAIN)


def leads_team(user: Account, team: Team) -> bool:
    """Say whether the account leads this team now."""
    if team.riding_number is None:
        return leads_phone_team(user)
    return leads_riding(user, team.riding_number)


def led_teams(user: Account) -> QuerySet[Team]:
    """Return the live teams that the account leads."""
    led = Q(riding_number__in=ridings_with_role(user, *LEADERS))
    if leads_phone_team(user):
        led |= Q(riding_number__isnull=True)
    return Team.objects.filter(led, closed_at__isnull=True)


def membership_in(user: Account, team: Team) -> Membership | None:
    """Return the account's active membership in the team."""
    live = Membership.objects.filter(team=team, user_id=user.pk or 0, state=MembershipState.ACTIVE)
    return live.first()


def joined_teams(user: Account) -> QuerySet[Team]:
    """Return the live teams that the account belongs to."""
    return Team.objects.filter(
        memberships__user_id=user.pk or 0,
        memberships__state=MembershipState.ACTIVE,
        closed_at__isnull=True,
    )
