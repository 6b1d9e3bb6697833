"""The public JSON API about the coalition: organizations, never a person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router

from campaign import queries
from campaign.schemas import CoalitionMember

router = Router(tags=["coalition"])

SECONDS_FRESH = 60


@router.get("coalition", response=list[CoalitionMember], summary="Organizations of the coalition")
def coalition(request: HttpRequest, response: HttpResponse) -> list[dict[str, Any]]:
    """List the approved organizations, those that signed on first at the beginning."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    return queries.coalition_facts()
