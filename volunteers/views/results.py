"""A riding's team: what it has done, who did how much, the file of results."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coop4canada.kit import clock
from coop4canada.kit.export import csv_chunks
from coop4canada.kit.http import see_other
from supporters.doors import role_required, signed_in
from supporters.services.exports import Export, counted, note_export
from volunteers.access import LEADERS, leads_riding, membership_in
from volunteers.models import Team
from volunteers.queries.leaderboard import leaderboard
from volunteers.queries.result_files import result_lines
from volunteers.queries.results import team_totals
from volunteers.services.supervising import show_on_leaderboard
from volunteers.views.doors import member

TeamView = Callable[..., HttpResponse]
for_leaders = role_required(*LEADERS)


def for_team(view: TeamView) -> TeamView:
    """Mark a page for members of the riding's team and for who leads it; to others there is no such page."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, number: int, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        team = Team.objects.filter(riding_number=number, closed_at=None).first()
        if team is None or not (membership_in(request.user, team) or leads_riding(request.user, number)):
            raise Http404
        return view(request, *args, team=team, **kwargs)

    return signed_in(wrapped)


@for_team
@require_safe
def team(request: HttpRequest, team: Team) -> HttpResponse:
    """Show what the team has done."""
    user, now = member(request), clock.now()
    own = membership_in(user, team)
    context = {
        "team": team,
        "totals": team_totals(team, now),
        "places": leaderboard(team, reader=user, now=now),
        "own": own,
        "is_leader": leads_riding(user, team.riding_number or 0),
    }
    return render(request, "volunteers/results.html", context)


@for_team
@require_POST
def show_me(request: HttpRequest, team: Team) -> HttpResponse:
    """Show a member on the leaderboard, or no longer."""
    show_on_leaderboard(user=member(request), riding_number=team.riding_number, shows="show" in request.POST)
    return see_other(reverse("results:team", args=[team.riding_number]) + "#leaderboard")


@for_leaders
@require_POST
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Send the riding's results; who took them is noted."""
    log = note_export(
        export=Export("volunteers.results", str(number), "csv"), user=member(request), now=clock.now()
    )
    lines = counted(result_lines(number), log=log, clock=clock.now)
    response = HttpResponse(csv_chunks(lines, has_mark=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="results-{number}-{clock.now():%Y-%m-%d}.csv"'
    return response
