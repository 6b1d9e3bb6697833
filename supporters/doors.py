"""Doors of pages that belong to an account; what stands behind them is nobody else's."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from coop4canada.kit.http import View
from supporters.enums import RidingRoleKind
from supporters.queries.roles import has_role

LOG_IN = "account_login"
METHODS = ["GET", "HEAD", "POST"]


def signed_in(view: View) -> View:
    """Mark a page for everybody who has logged in: kept by no cache; who has not is led to the log-in and back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        return _uncached(view(request, *args, **kwargs))

    door: View = require_http_methods(METHODS)(wrapped)
    # Read by the middleware that asks for a log-in; without it people would stand before the organizers' one.
    door.login_url = LOG_IN  # type: ignore[attr-defined]
    return door


def role_required(*kinds: RidingRoleKind) -> Callable[[View], View]:
    """Mark a page for those who hold one of the roles in the riding whose `number` is in its address.

    Without a number in its address it is for those whose role belongs to no riding.

    To everybody else who has logged in there is no such page: 404 does not tell what exists.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
            if not has_role(request.user, kwargs.get("number"), *kinds):
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(wrapped)

    return mark


def entrance(view: View) -> View:
    """Mark a page of logging in or out: open to anyone, kept by no cache, its form protected by a token.

    What was filled in wrongly is answered with 422, and a form that led somewhere with 303, as all over the site.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and form.errors:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            response.status_code = HTTPStatus.SEE_OTHER
        return _uncached(response)

    door: View = require_http_methods(METHODS)(wrapped)
    door.login_required = False  # type: ignore[attr-defined]
    return door


def _uncached(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
