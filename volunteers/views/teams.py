"""What everybody reads of teams: what volunteers do, and one riding's team."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coop4canada.kit import clock
from coop4canada.kit.http import public_page
from ridings.forms import FindForm
from volunteers.queries import teams as queries


@public_page
def landing(request: HttpRequest) -> HttpResponse:
    """Say what volunteers do, and lead to the team of one's riding."""
    context = {"numbers": queries.numbers(), "find_form": FindForm(), "teams": queries.team_list()}
    return render(request, "volunteers/teams/landing.html", context)


@public_page
def team(request: HttpRequest, number: int | None) -> HttpResponse:
    """Show a team: words of welcome, what is next, how to join; also where nobody asked for one yet."""
    page = queries.team_page(number, now=clock.now())
    if page is None:
        raise Http404
    return render(request, "volunteers/teams/team.html", {"page": page})
