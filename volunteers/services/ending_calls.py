"""Calls under way end with what allowed them; `VolunteersConfig` lists these listeners."""

from datetime import datetime

from supporters.models import User
from volunteers.enums import Channel
from volunteers.models import Team
from volunteers.services.leases import end_leases_of


def end_calls_of_member(*, user: User, team: Team, now: datetime) -> None:  # noqa: ARG001 — who lists it hands it in
    """Give back the voter whom somebody calls who leaves a team; another call may be claimed if another team allows it."""
    end_leases_of(user=user, now=now)


def end_calls_without_certificate(*, user: User, channel: Channel, now: datetime) -> None:
    """Give back the voter whom somebody calls whose certificate for calls was revoked."""
    if channel == Channel.PHONE:
        end_leases_of(user=user, now=now)
