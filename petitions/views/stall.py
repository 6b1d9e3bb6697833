"""Stall mode: a shared tablet on which one person after the other signs."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coop4canada.kit.http import public_form, see_other
from petitions import cookies, queries
from petitions.models import Petition
from petitions.views.doors import path_to, show, with_petition
from supporters.enums import Method
from supporters.services import Circumstances
from supporters.visitors import circumstances_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_petition
def stall(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Let an organizer turn this device into one for a stall; it is logged out, for others will hold it."""
    if not request.user.is_staff:
        raise Http404
    if request.method != "POST":
        return show(request, "petitions/stall.html", petition)
    staff_id = request.user.pk
    logout(request)
    response = see_other(path_to("sign", petition))
    cookies.STALL.write(response, staff_id)
    return response


@public_form
@with_petition
def end(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Turn the device back; whoever holds it may."""
    if request.method != "POST":
        return show(request, "petitions/stall_end.html", petition)
    response = see_other(path_to("petition-page", petition))
    cookies.STALL.clear(response)
    return response


def staff_of(request: HttpRequest) -> int | None:
    """Return who of the staff put this device at a stall; None if it stands at none, or they left."""
    values = cookies.STALL.read(request)
    return queries.staff_member(int(values[0])) if values else None


def circumstances_at(request: HttpRequest, staff_id: int) -> Circumstances:
    """Return the circumstances of what is filled in at a stall: its address stands for nobody."""
    return circumstances_of(request, method=Method.STALL, staff_id=staff_id)
