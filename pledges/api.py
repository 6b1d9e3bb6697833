"""The public JSON API about drives: facts and counts, never a person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router

from coop4canada.kit.clock import now
from pledges import queries
from pledges.schemas import DriveItem

router = Router(tags=["drives"])

SECONDS_FRESH = 60


@router.get("drives", response=list[DriveItem], summary="Party votes that one can join in time for")
def drives(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    """List the published drives: the soonest deadline first, those that are over last."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    return queries.public_drives(now())
