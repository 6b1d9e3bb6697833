"""What somebody holds ends with what allowed it: calls under way and turfs; `VolunteersConfig` lists these listeners."""

from datetime import datetime

from supporters.models import User
from volunteers.enums import Channel, EndOfCheckout
from volunteers.models import Team
from volunteers.services.checkouts import end_checkouts_of
from volunteers.services.leases import end_leases_of


def end_with_membership(*, user: User, team: Team, now: datetime) -> None:
    """Give back the voter whom somebody calls who leaves a team, and the team's turfs.

    Another call may be claimed at once if another team allows it.
    """
    end_leases_of(user=user, now=now)
    end_checkouts_of(user=user, reason=EndOfCheckout.REVOKED, now=now, team=team)


def end_with_certificate(*, user: User, channel: Channel, now: datetime) -> None:
    """Give back what somebody has out whose certificate for it was revoked."""
    if channel == Channel.PHONE:
        end_leases_of(user=user, now=now)
    else:
        end_checkouts_of(user=user, reason=EndOfCheckout.REVOKED, now=now)
