"""Drop-in subset of Open North's Represent API, so that existing civic clients can point here.

Source: https://represent.opennorth.ca/api/ (documented shapes of /boundaries/ and /postcodes/), read 2026-11-22.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.cache import patch_cache_control

from coop4canada.kit.http import public_page
from ridings.queries import represent as queries
from ridings.rules.coordinates import is_on_the_globe
from ridings.rules.postal_code import read_postal_code

SET_PATTERN = "federal-electoral-districts-<str:order>-representation-order"
DEFAULT_LIMIT = 20
MOST_LIMIT = 1000


class BadQuery(ValueError):
    """A parameter cannot be read; the sentence says which."""


@public_page
def boundaries(request: HttpRequest, order: str = "") -> HttpResponse:
    """List ridings, all or those that contain a point: `?contains=LAT,LON`."""
    try:
        limit, offset = _page(request)
        point = _point(request.GET["contains"]) if "contains" in request.GET else None
    except BadQuery as error:
        return _problem(str(error))
    found = queries.boundaries(order=order, point=point)
    objects = [queries.boundary_summary(riding) for riding in found[offset : offset + limit]]
    meta: dict[str, Any] = {
        "limit": limit,
        "next": None,
        "offset": offset,
        "previous": None,
        "total_count": len(found),
    }
    for name, start in (("next", offset + limit), ("previous", offset - limit)):
        if 0 <= start < len(found):
            meta[name] = _page_address(request, limit, start)
    return JsonResponse({"objects": objects, "meta": meta})


@public_page
def boundary(_request: HttpRequest, order: str, number: int) -> HttpResponse:
    """Show one riding."""
    detail = queries.boundary_detail(order=order, number=number)
    return JsonResponse(detail) if detail else _problem("There is no such boundary.", HTTPStatus.NOT_FOUND)


@public_page
def postcode(_request: HttpRequest, code: str) -> HttpResponse:
    """Show the ridings of a postal code: those its addresses lie in, and the one of its largest part."""
    typed = read_postal_code(code)
    if typed is None or typed.code is None:
        response = _problem("This is not a Canadian postal code.", HTTPStatus.NOT_FOUND)
    elif (detail := queries.postcode(typed.code)) is None:
        response = _problem("We do not know this postal code.", HTTPStatus.NOT_FOUND)
    else:
        response = JsonResponse(detail)
    # A postal code says where a person lives: no shared cache keeps it.
    patch_cache_control(response, private=True, no_store=True)
    return response


def _point(text: str) -> tuple[float, float]:
    """Return (latitude, longitude) of `LAT,LON`."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        raise BadQuery("Write contains as latitude,longitude, e.g. 45.42,-75.70.") from None
    if not is_on_the_globe(latitude, longitude):
        raise BadQuery("Latitude lies between -90 and 90, longitude between -180 and 180.")
    return latitude, longitude


def _page(request: HttpRequest) -> tuple[int, int]:
    """Return (limit, offset); a limit of 0 means as many as one answer holds."""
    try:
        limit, offset = int(request.GET.get("limit", DEFAULT_LIMIT)), int(request.GET.get("offset", 0))
    except ValueError:
        raise BadQuery("limit and offset are whole numbers.") from None
    if limit < 0 or offset < 0:
        raise BadQuery("limit and offset are not negative.")
    return min(limit or MOST_LIMIT, MOST_LIMIT), offset


def _page_address(request: HttpRequest, limit: int, offset: int) -> str:
    parameters = request.GET.copy()
    parameters["limit"], parameters["offset"] = str(limit), str(offset)
    return f"{request.path}?{parameters.urlencode()}"


def _problem(sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    answer: dict[str, Any] = {"error": sentence}
    return JsonResponse(answer, status=status)


urlpatterns = [
    path("boundaries/", boundaries, name="represent-boundaries"),
    path(f"boundaries/{SET_PATTERN}/", boundaries, name="represent-boundary-set"),
    path(f"boundaries/{SET_PATTERN}/<int:number>/", boundary, name="represent-boundary"),
    path("postcodes/<str:code>/", postcode, name="represent-postcode"),
]
