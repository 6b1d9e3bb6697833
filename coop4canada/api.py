"""The public JSON API, version 1, with its OpenAPI document at /api/v1/openapi.json."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from ridings.api import router

api = NinjaAPI(
    title="coop4canada",
    version="1.0.0",
    description="Ridings, look-up and the map: anonymous, read-only, open to pages of any origin.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", router)


@api.exception_handler(ValidationError)
def refuse_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say in one plain sentence which parameter is wrong."""
    first = error.errors[0]
    name = str(first["loc"][-1])
    return api.create_response(
        request, {"detail": f"{name}: {first['msg']}."}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
