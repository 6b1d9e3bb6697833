"""The public JSON API, version 1, with its OpenAPI document at /api/v1/openapi.json."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import ValidationError

from campaign.api import router as campaign_router
from petitions.api import router as petitions_router
from pledges.api import router as pledges_router
from polls.api import router as polls_router
from ridings.api import router
from volunteers.api import router as volunteers_router

api = NinjaAPI(
    title="coop4canada",
    version="1.0.0",
    description="Ridings, the map, petitions, party votes, the coalition, chapters, local polls: "
    "anonymous, read-only, open to any page.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)
api.add_router("", petitions_router)
api.add_router("", pledges_router)
api.add_router("", campaign_router)
api.add_router("", volunteers_router)
api.add_router("", polls_router)


def public_urls() -> tuple[list[URLResolver | URLPattern], str, str]:
    """Return the API's addresses, open without log-in: everything it serves is public."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if pattern.callback:
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace


@api.exception_handler(ValidationError)
def refuse_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say in one plain sentence which parameter is wrong."""
    first = error.errors[0]
    name = str(first["loc"][-1])
    return api.create_response(
        request, {"detail": f"{name}: {first['msg']}."}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
