"""Somebody becomes captain of a team, by whatever way the role was given."""

from datetime import datetime

from supporters.models import RidingRole
from volunteers.enums import MembershipState
from volunteers.models import Membership
from volunteers.queries.leaders import CAPTAINS
from volunteers.services.teams import open_team


def begin_with_captain(*, role: RidingRole, now: datetime) -> None:
    """Form the team where somebody becomes its captain, and make the captain a member; `VolunteersConfig` lists this."""
    if role.role not in CAPTAINS:
        return
    team = open_team(riding_number=role.riding_number, now=now)
    Membership.objects.get_or_create(
        team=team,
        user=role.user,
        ended_at=None,
        defaults={"state": MembershipState.ACTIVE, "asked_at": now, "joined_at": now},
    )
    asked = Membership.objects.filter(team=team, user=role.user, state=MembershipState.ASKED)
    asked.update(state=MembershipState.ACTIVE, joined_at=now)
