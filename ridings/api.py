"""The public JSON API about ridings: anonymous, read-only, open to pages of any origin."""

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from ninja import Router, Status
from ninja.params import Query

from ridings.documents import colours as colours_response
from ridings.enums import Province
from ridings.forms import MAX_QUERY_LENGTH
from ridings.queries.api import riding_detail, riding_items
from ridings.queries.documents import cartogram_cells, geometry_digest, published_colours
from ridings.queries.lookup import Finding, FindingStatus, SearchPlace, find_riding
from ridings.queries.recommended import recommendation_document
from ridings.schemas import (
    Cells,
    Colours,
    LookupAnswer,
    Problem,
    Recommendations,
    RidingDetail,
    RidingItem,
)

router = Router(tags=["ridings"])

STATUS_OF_FINDING = {
    FindingStatus.UNKNOWN: HTTPStatus.NOT_FOUND,
    FindingStatus.OUTSIDE: HTTPStatus.NOT_FOUND,
    FindingStatus.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    FindingStatus.NOT_LOADED: HTTPStatus.SERVICE_UNAVAILABLE,
}
SECONDS_LIST_FRESH = 60


@router.get("ridings", response=list[RidingItem], by_alias=True, summary="Every riding with its class")
def ridings(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    """List the ridings of the boundaries in force, by FED number."""
    patch_cache_control(response, public=True, max_age=SECONDS_LIST_FRESH)
    return riding_items()


@router.get(
    "ridings/{int:number}", response={200: RidingDetail, 404: Problem}, by_alias=True, summary="One riding"
)
def riding(request: HttpRequest, response: HttpResponse, number: int) -> Status[dict[str, Any]]:
    """Show one riding with its results, projection and candidates."""
    patch_cache_control(response, public=True, max_age=SECONDS_LIST_FRESH)
    detail = riding_detail(number)
    if detail is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"There is no riding {number}."})
    return Status(HTTPStatus.OK, detail)


@router.get(
    "lookup",
    response={200: LookupAnswer, 404: Problem, 422: Problem, 503: Problem},
    summary="The riding of a postal code, a point or a name",
)
def lookup(  # noqa: PLR0913, PLR0917 — one parameter for each way to ask
    request: HttpRequest,
    response: HttpResponse,
    postal_code: Annotated[str, Query(max_length=MAX_QUERY_LENGTH)] = "",
    q: Annotated[
        str, Query(max_length=MAX_QUERY_LENGTH, description="words: a riding, a place or a postal code")
    ] = "",
    lat: Annotated[float | None, Query(description="WGS 84 degrees")] = None,
    lon: Annotated[float | None, Query(description="WGS 84 degrees")] = None,
    language: Annotated[str, Query(pattern="^(en|fr)$")] = "en",
) -> Status[dict[str, Any]]:
    """Return every riding that may be meant with its share; never a silent guess."""
    # What is asked says where a person lives: no shared cache keeps it.
    patch_cache_control(response, private=True, no_store=True)
    query = (postal_code or q).replace("\0", " ").strip()
    if not query and (lat is None or lon is None):
        return Status(HTTPStatus.UNPROCESSABLE_ENTITY, {"detail": "Give postal_code, or lat and lon, or q."})
    with translation.override(language):
        finding = find_riding(SearchPlace(query, lat, lon))
    status = STATUS_OF_FINDING.get(finding.status, HTTPStatus.OK)
    return Status(status, _answer(finding) if status == HTTPStatus.OK else {"detail": finding.message})


@router.get(
    "map/colours", response={200: Colours, 404: Problem}, summary="The published class of every riding"
)
def map_colours(request: HttpRequest) -> Any:  # noqa: ANN401 — a ready response or a problem
    """Serve the colour document with its ETag."""
    document = published_colours()
    if document is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": "The map has not been computed yet."})
    return colours_response(request, document)


@router.get("map/recommendations", response=Recommendations, summary="Who is recommended where")
def map_recommendations(request: HttpRequest) -> Any:  # noqa: ANN401 — a ready response
    """Serve who is recommended by FED number, with an ETag."""
    return colours_response(request, recommendation_document())


@router.get(
    "map/geometry", response={302: None, 404: Problem}, summary="The shapes of the ridings, as TopoJSON"
)
def map_geometry(request: HttpRequest, province: str = "") -> Any:  # noqa: ANN401 — a redirect or a problem
    """Redirect to the immutable shapes: of the whole country, or of one province in fine detail."""
    if province and province not in Province.values:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"There is no province {province[:20]!r}."})
    digest = geometry_digest(province)
    if digest is None:
        return Status(
            HTTPStatus.NOT_FOUND, {"detail": "Boundaries are not loaded: see the command import_boundaries."}
        )
    response = redirect(reverse("map:geometry", args=[digest]))
    patch_cache_control(response, public=True, max_age=SECONDS_LIST_FRESH)
    return response


@router.get("map/cartogram", response=Cells, summary="The cells of the cartogram")
def map_cartogram(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """List the cell of every riding."""
    patch_cache_control(response, public=True, max_age=SECONDS_LIST_FRESH)
    return {"cells": cartogram_cells()}


def _answer(finding: Finding) -> dict[str, Any]:
    return {
        "source": finding.source,
        "exact": finding.is_exact,
        "status": finding.status,
        "message": finding.message,
        "matches": [
            {
                "number": match.riding.number,
                "name_en": match.riding.name_en,
                "name_fr": match.riding.name_fr,
                "province": match.riding.province,
                "share": match.share,
            }
            for match in finding.matches
        ],
    }
