"""What ends with a membership: shifts to come, and what other parts of the app hand out."""

from datetime import datetime

from coop4canada.kit.panels import functions_of
from supporters.models import User
from volunteers.enums import EndOfMembership, MembershipState
from volunteers.models import Membership
from volunteers.services.event_ends import cancel_signups_of


def end_membership(
    membership: Membership, reason: EndOfMembership, *, by: User | None, now: datetime
) -> None:
    """End a membership whose row the caller has locked, in the caller's transaction.

    What a member holds ends with it: the AppConfig lists functions `(user, team, now)` under `member_end_listeners` that
    end calls under way and turfs checked out. Mails nobody.
    """
    was_active = membership.state == MembershipState.ACTIVE
    membership.state = MembershipState.ENDED
    membership.ended_at, membership.end_reason, membership.decided_by = now, reason, by
    membership.save(update_fields=["state", "ended_at", "end_reason", "decided_by"])
    if not was_active:
        return
    cancel_signups_of(user=membership.user, team=membership.team, now=now)
    for listen in functions_of("member_end_listeners"):
        listen(user=membership.user, team=membership.team, now=now)
