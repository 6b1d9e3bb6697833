"""What trainers and members decide about who calls and who is shown."""

from datetime import datetime

from django.db import transaction

from supporters.models import User
from volunteers.enums import EndOfMembership, MembershipState
from volunteers.models import Membership
from volunteers.services.membership_ends import end_membership


@transaction.atomic
def suspend_caller(*, caller: User, riding_number: int | None, by: User, now: datetime) -> bool:
    """Take somebody out of a team and what they hold from them, at once; say whether they were in it.

    What they typed may still be sent in; it is kept as late.
    """
    live = Membership.objects.select_for_update(of=("self",), no_key=True).filter(
        team__riding_number=riding_number, user=caller, state=MembershipState.ACTIVE
    )
    membership = live.select_related("team", "user").first()
    if membership is None:
        return False
    end_membership(membership, EndOfMembership.REMOVED, by=by, now=now)
    return True


@transaction.atomic
def show_on_leaderboard(*, user: User, riding_number: int | None, shows: bool) -> bool:
    """Show a member on the team's leaderboard, or no longer; say whether there is such a member."""
    live = Membership.objects.filter(
        team__riding_number=riding_number, user=user, state=MembershipState.ACTIVE
    )
    return bool(live.update(on_leaderboard=shows))
