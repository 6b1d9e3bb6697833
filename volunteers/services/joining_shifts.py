"""Joining a team and signing up for its public shift with one button."""

from datetime import datetime

from django.db import transaction

from volunteers.access import leads_team
from volunteers.enums import MembershipState
from volunteers.models import Shift, ShiftSignup
from volunteers.services.memberships import Wish, join_team
from volunteers.services.signups import Who, sign_up


@transaction.atomic
def join_and_sign_up(*, shift: Shift, who: Who, now: datetime) -> ShiftSignup | None:
    """Sign somebody up; who is not in the team joins it first, and waits where a captain lets people in: then None.

    Raises: ShiftGone, TeamClosed.
    """
    team = shift.event.team
    if not leads_team(who.user, team):
        membership = join_team(team=team, user=who.user, wish=Wish(who.language), now=now)
        if membership.state != MembershipState.ACTIVE:
            return None
    return sign_up(shift=shift, who=who, now=now)
