"""Opening and closing teams, and what captains say of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from volunteers.enums import EndOfMembership, JoinMode
from volunteers.models import Membership, Team
from volunteers.services.event_ends import cancel_events_of
from volunteers.services.membership_ends import end_membership


class TeamClosed(Exception):
    """The team is no more."""


@dataclass(frozen=True)
class TeamSettings:
    """What a captain says of the team."""

    name_en: str
    name_fr: str
    welcome_en: str
    welcome_fr: str
    join_mode: JoinMode
    shows_leaderboard: bool


@transaction.atomic
def open_team(*, riding_number: int | None, now: datetime) -> Team:
    """Return the live team of a riding, or the phone team; form it if there is none. Again it is the same."""
    team, _is_new = Team.objects.get_or_create(
        riding_number=riding_number, closed_at=None, defaults={"created_at": now}
    )
    return team


@transaction.atomic
def describe_team(*, team: Team, settings: TeamSettings) -> None:
    """Write what a captain says of the team; who waits keeps waiting when joining becomes open."""
    row = lock_team(team)
    row.name_en, row.name_fr = settings.name_en, settings.name_fr
    row.welcome_en, row.welcome_fr = settings.welcome_en, settings.welcome_fr
    row.join_mode, row.shows_leaderboard = settings.join_mode, settings.shows_leaderboard
    row.save(
        update_fields=["name_en", "name_fr", "welcome_en", "welcome_fr", "join_mode", "shows_leaderboard"]
    )


@transaction.atomic
def close_team(*, team: Team, now: datetime) -> bool:
    """Close a team: memberships end, with what members hold, and so do its coming events; say whether it was live."""
    row = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)
    if row.closed_at is not None:
        return False
    cancel_events_of(team=row, now=now)
    live = Membership.objects.filter(team=row, ended_at__isnull=True).order_by("pk")
    for membership in live.select_for_update(of=("self",), no_key=True):
        end_membership(membership, EndOfMembership.CLOSED, by=None, now=now)
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    return True


def lock_team(team: Team) -> Team:
    """Return the live team, locked to the end of the transaction.

    Raises: TeamClosed.
    """
    row = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)
    if row.closed_at is not None:
        raise TeamClosed
    return row
