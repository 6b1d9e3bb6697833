"""The public JSON API about drives and recommendations: facts and counts, never a person."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router, Status

from coop4canada.kit.clock import now
from pledges import queries
from pledges.schemas import DriveItem, Problem, RecommendationItem

router = Router(tags=["drives", "recommendations"])

SECONDS_FRESH = 60


@router.get("drives", response=list[DriveItem], summary="Party votes that one can join in time for")
def drives(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    """List the published drives: the soonest deadline first, those that are over last."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    return queries.public_drives(now())


@router.get(
    "recommendations/{int:number}",
    response={200: RecommendationItem, 404: Problem},
    summary="The published result of a riding's recommendation round",
)
def recommendation(request: HttpRequest, response: HttpResponse, number: int) -> Status[dict[str, Any]]:
    """Show the newest published result of a riding, with the address of its ballot file."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    found = queries.public_recommendation(number)
    if found is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"No result has been published in riding {number}."})
    return Status(HTTPStatus.OK, found)
