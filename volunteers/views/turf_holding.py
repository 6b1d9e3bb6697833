"""Turfs as members see them: those they hold, and those they may take by themselves."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.http import see_other
from volunteers.access import leads_team
from volunteers.enums import Channel
from volunteers.models import Team
from volunteers.queries import canvass
from volunteers.queries.training import holds_certificate
from volunteers.rules.checkouts import DAYS
from volunteers.services import checkouts
from volunteers.services.checkouts import CheckoutRefused, Giving
from volunteers.views.doors import member
from volunteers.views.team_doors import for_members
from volunteers.views.turf_doors import number_of, sentence_of
from volunteers.views.turfs import new_code, riding


@for_members
def mine(request: HttpRequest, team: Team) -> HttpResponse:
    """Show the turfs that somebody holds, and those they may take."""
    return _page(request, team)


@for_members
def take(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Take a turf; the page at the door opens."""
    row = canvass.turf_or_404(number_of(team), pk)
    if request.method != "POST":
        return _back(team)
    user = member(request)
    try:
        taking = Giving(user, user, DAYS, takes=True)
        checkout = checkouts.check_out_turf(turf_id=row.pk, giving=taking, now=clock.now())
    except CheckoutRefused as refused:
        return _page(request, team, problem=str(sentence_of(refused)))
    return see_other(f"{reverse('canvass:turfs', args=[number_of(team)])}#turf-{checkout.turf_id}")


@for_members
def give_back(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Bring back a turf that one holds."""
    checkout = canvass.checkout_or_404(number_of(team), pk)
    if checkout.holder_id != member(request).pk:
        raise Http404
    if request.method == "POST":
        checkouts.return_turf(checkout_id=checkout.pk, now=clock.now())
    return _back(team)


def _back(team: Team) -> HttpResponse:
    return see_other(reverse("canvass:turfs", args=[number_of(team)]))


def _page(request: HttpRequest, team: Team, problem: str = "") -> HttpResponse:
    user = member(request)
    context = {
        "number": number_of(team),
        "riding": riding(number_of(team)),
        "held": canvass.held_by(user, team),
        "offered": canvass.turfs_to_take(team),
        "is_certified": holds_certificate(user, Channel.DOOR),
        "is_leader": leads_team(user, team),
        "code": new_code(),
        "days": DAYS,
        "problem": problem,
        "now": clock.now(),
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "volunteers/canvass/mine.html", context, status=status)
