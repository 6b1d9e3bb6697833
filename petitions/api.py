"""The public JSON API about petitions: facts and counts, never a person."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router, Status

from coop4canada.kit import clock
from petitions import queries
from petitions.schemas import PetitionFacts, RidingSignatures
from ridings.schemas import Problem

router = Router(tags=["petitions"])

# As often as signatures are counted.
SECONDS_FRESH = 10


@router.get(
    "petitions/{slug:slug}", response={200: PetitionFacts, 404: Problem}, summary="One petition and its count"
)
def petition(request: HttpRequest, response: HttpResponse, slug: str) -> Status[dict[str, Any]]:
    """Show a published petition, by its slug in either language, with its public count."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    facts = queries.petition_facts(slug, clock.now())
    if facts is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"There is no petition {slug!r}."})
    return Status(HTTPStatus.OK, facts)


@router.get(
    "petitions/{slug:slug}/ridings",
    response={200: RidingSignatures, 404: Problem},
    summary="Signatures of a petition by riding",
)
def petition_ridings(request: HttpRequest, response: HttpResponse, slug: str) -> Status[dict[str, Any]]:
    """Show how many signed in every riding where anybody did."""
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    found = queries.petition_at(slug)
    if found is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"There is no petition {slug!r}."})
    return Status(HTTPStatus.OK, {"signatures": queries.counts_by_riding(found)})
