"""What teams offer to pages that show several apps."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser

from coop4canada.kit import clock
from coop4canada.kit.panels import Panel
from supporters.models import User
from volunteers.enums import MembershipState
from volunteers.models import Team
from volunteers.queries.events import my_shifts
from volunteers.queries.learning import missing_training
from volunteers.queries.names import team_name
from volunteers.queries.teams import led_by, teams_of

MOST_SHIFTS = 5


@dataclass(frozen=True)
class TeamLink:
    """A team as its member or captain finds it."""

    number: int | None
    name: str
    is_active: bool
    leads: bool


def volunteer_step(*, riding_number: int | None) -> Panel:
    """Ask a supporter to join the team of their riding; without one, a team at all. No query."""
    return Panel("volunteers/teams/_next_step.html", {"number": riding_number}, order=30)


def volunteer_home() -> Panel:
    """Ask visitors to join a local team or the phone team. No query."""
    return Panel("volunteers/teams/_home_panel.html", order=35)


def calling(*, team: Team) -> Panel | None:
    """Lead members of the phone team to its calls."""
    return Panel("volunteers/teams/_calling.html", order=10) if team.riding_number is None else None


def results(*, team: Team) -> Panel | None:
    """Lead members of a riding's team to what it has done."""
    if team.riding_number is None:
        return None
    return Panel("volunteers/teams/_results.html", {"number": team.riding_number}, order=30)


def my_teams(*, user: AbstractBaseUser) -> Panel | None:
    """Show an account its teams, its next shifts, and what it still has to learn."""
    if not isinstance(user, User):
        return None
    led = {team.pk: team for team in led_by(user)}
    held = {row.team_id: row for row in teams_of(user)}
    links = [
        TeamLink(
            row.team.riding_number,
            team_name(row.team),
            row.state == MembershipState.ACTIVE,
            row.team_id in led,
        )
        for row in held.values()
    ]
    links += [
        TeamLink(team.riding_number, team_name(team), is_active=True, leads=True)
        for pk, team in led.items()
        if pk not in held
    ]
    context = {
        "teams": links,
        "shifts": my_shifts(user, now=clock.now())[:MOST_SHIFTS],
        "missing": missing_training(user),
    }
    return Panel("volunteers/teams/_my_teams.html", context, order=20)
