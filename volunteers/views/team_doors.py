"""Who comes in to a team: everybody who logged in, members, who leads. To others there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from coop4canada.kit.http import View, see_other
from supporters.doors import not_theirs, signed_in, with_second_factor
from supporters.models import User
from volunteers.access import leads_team, membership_in
from volunteers.models import Event, Shift, Team
from volunteers.queries.events import event_of_team, shift_of_team
from volunteers.queries.teams import live_team
from volunteers.views.doors import member


def team_or_404(number: int | None) -> Team:
    """Return the live team of a riding, or the phone team."""
    team = live_team(number)
    if team is None:
        raise Http404
    return team


def shift_or_404(team: Team, pk: int) -> Shift:
    """Return a shift of this team."""
    shift = shift_of_team(team, pk)
    if shift is None:
        raise Http404
    return shift


def event_or_404(team: Team, pk: int) -> Event:
    """Return an event of this team."""
    event = event_of_team(team, pk)
    if event is None:
        raise Http404
    return event


def for_members(view: Callable[..., HttpResponse]) -> View:
    """Mark a page for members of the team in its address, and for who leads it; the view gets the team."""
    return _door(view, lambda user, team: membership_in(user, team) is not None or leads_team(user, team))


def for_leaders(view: Callable[..., HttpResponse]) -> View:
    """Mark a page for who leads the team in its address and gave a second factor; the view gets the team.

    Who does not lead it is told nothing, before being asked for more.
    """
    return _door(with_second_factor(view), leads_team)


def back(name: str, team: Team, *args: int) -> HttpResponse:
    """Lead to a page of the team."""
    return see_other(reverse(f"teams:{name}", args=[team.riding_number, *args]))


def _door(view: Callable[..., HttpResponse], may_enter: Callable[[User, Team], bool]) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *, number: int | None, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        team = team_or_404(number)
        if not may_enter(member(request), team):
            raise not_theirs(request)
        return view(request, team=team, **kwargs)

    return signed_in(wrapped)
