"""The public JSON API about drives, pledges and recommendations: facts and counts, never a person."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router, Status

from coop4canada.kit.clock import now
from pledges import queries
from pledges.queries.pledges import pledge_facts
from pledges.schemas import DriveItem, PledgeFacts, Problem, RecommendationItem

router = Router(tags=["drives, pledges, recommendations"])

SECONDS_FRESH = 60
# As often as pledges are counted.
SECONDS_COUNT_FRESH = 10


@router.get("drives", response=list[DriveItem], summary="Party votes that one can join in time for")
def drives(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    """List the published drives: the soonest deadline first, those that are over last."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    return queries.public_drives(now())


@router.get(
    "pledges", response=PledgeFacts, summary="How many pledged to vote together, in all and by riding"
)
def pledges(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """Show the count of confirmed pledges: in the country, and in every riding where anybody pledged."""
    patch_cache_control(response, public=True, max_age=SECONDS_COUNT_FRESH)
    return pledge_facts()


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
