"""Walk sheets: for whoever holds the turf, and for the team's leaders."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.http import see_other
from supporters.doors import not_theirs
from volunteers.access import leads_team
from volunteers.forms.turfs import SheetForm
from volunteers.models import Team, TurfCheckout
from volunteers.queries.canvass import checkout_or_404
from volunteers.queries.walk_sheets import sheet_or_404, sheet_page
from volunteers.services.walk_sheets import CodeTaken, NothingToPrint, print_sheet
from volunteers.views.doors import member, status_of
from volunteers.views.team_doors import for_members
from volunteers.views.turf_doors import number_of
from volunteers.views.turfs import new_code


@for_members
def print_out(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Make a sheet of what is to be walked now."""
    checkout = _allowed(request, team, checkout_or_404(number_of(team), pk))
    form = SheetForm(request.POST if request.method == "POST" else None)
    context = {"number": number_of(team), "checkout": checkout, "code": new_code(), "is_empty": False}
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            print_sheet(checkout_id=checkout.pk, code=code, by=member(request), now=clock.now())
        except (NothingToPrint, CodeTaken):
            context["is_empty"] = True
        else:
            return see_other(reverse("canvass:sheet", args=[number_of(team), code]))
    status = HTTPStatus.CONFLICT if context["is_empty"] else status_of(request)
    return render(request, "volunteers/canvass/print.html", context, status=status)


@for_members
def sheet(request: HttpRequest, team: Team, code: str) -> HttpResponse:
    """Show a sheet ready to print; what opted out since is struck, an old one is to be printed anew."""
    row = sheet_or_404(number_of(team), code)
    _allowed(request, team, row.checkout)
    context = {
        "number": number_of(team),
        "page": sheet_page(row, clock.now()),
        "code": new_code(),
        "is_leader": leads_team(request.user, team),
    }
    return render(request, "volunteers/canvass/sheet.html", context)


def _allowed(request: HttpRequest, team: Team, checkout: TurfCheckout) -> TurfCheckout:
    """Return the checkout to its holder while they hold it, and to leaders; to other members there is none."""
    is_held = checkout.holder_id == member(request).pk and checkout.ended_at is None
    if not (is_held or leads_team(request.user, team)):
        raise not_theirs(request)
    return checkout
