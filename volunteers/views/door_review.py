"""The leaders' page of a riding's doors, and settling what was heard differently."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.http import see_other
from ridings.rules.clocks import clock_of
from supporters.doors import role_required
from volunteers.access import LEADERS
from volunteers.enums import DOOR_OUTCOMES, Outcome
from volunteers.queries import door_review
from volunteers.services.settling import NothingToSettle, settle_door
from volunteers.views.doors import member

for_leaders = role_required(*LEADERS)
ORDER = "2023"


@for_leaders
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Show results by turf, what to settle, what came late, and refusals with the contacts made since."""
    return _show(request, number)


@for_leaders
def settle(request: HttpRequest, number: int, door: int) -> HttpResponse:
    """Say which of several records of a door is right."""
    found = door_review.door_in_riding(number, door)
    if found is None or request.method != "POST":
        raise Http404
    outcome = request.POST.get("outcome", "")
    try:
        chosen = Outcome(outcome if outcome in DOOR_OUTCOMES else Outcome.UNKNOWN)
        settle_door(door=found, outcome=chosen, by=member(request), now=clock.now())
    except NothingToSettle:
        return _show(request, number, is_stale=True)
    return see_other(reverse("doors:review", args=[number]) + "#conflicts")


def _show(request: HttpRequest, number: int, *, is_stale: bool = False) -> HttpResponse:
    context = {
        "number": number,
        "review": door_review.review_of(number),
        "zone": clock_of(number, order=ORDER).zone,
        "is_stale": is_stale,
    }
    status = HTTPStatus.CONFLICT if is_stale else HTTPStatus.OK
    return render(request, "volunteers/doors/review.html", context, status=status)
