"""Doors of pages that belong to an account; what stands behind them is nobody else's."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from coop4canada.kit.http import View
from supporters import second_factor
from supporters.enums import ROLES_WITH_SECOND_FACTOR, RidingRoleKind
from supporters.queries.roles import has_role

logger = logging.getLogger(__name__)

LOG_IN = "account_login"
METHODS = ["GET", "HEAD", "POST"]


def not_theirs(request: HttpRequest) -> Http404:
    """Note which account asked for what is not its own; return what it is told: there is no such page."""
    logger.warning("Account %s asked for %s, which is not theirs.", request.user.pk, request.path)
    return Http404()


def signed_in(view: View) -> View:
    """Mark a page for everybody who has logged in: kept by no cache; who has not is led to the log-in and back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        return _uncached(view(request, *args, **kwargs))

    door: View = require_http_methods(METHODS)(wrapped)
    # Read by the middleware that asks for a log-in; without it people would stand before the organizers' one.
    door.login_url = LOG_IN  # type: ignore[attr-defined]
    return door


def with_second_factor(view: View) -> View:
    """Mark a page for those who have logged in with a second factor; others are led to giving it, and back."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        if second_factor.is_missing(request):
            return second_factor.ask_for_it(request)
        return view(request, *args, **kwargs)

    return signed_in(wrapped)


def role_required(*kinds: RidingRoleKind) -> Callable[[View], View]:
    """Mark a page for those who hold one of the roles in the riding whose `number` is in its address.

    Without a number in its address it is for those whose role belongs to no riding. Where one of the roles wants a
    second factor, so does the page.

    To everybody else who has logged in there is no such page: 404 does not tell what exists.
    """
    wants_more = not ROLES_WITH_SECOND_FACTOR.isdisjoint(kinds)

    def mark(view: View) -> View:
        inner = with_second_factor(view) if wants_more else view

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
            if not has_role(request.user, kwargs.get("number"), *kinds):
                raise not_theirs(request)
            return inner(request, *args, **kwargs)

        return signed_in(wrapped)

    return mark


def entrance(view: View) -> View:
    """Mark a page of logging in or out: open to anyone, kept by no cache, its form protected by a token.

    What was filled in wrongly is answered with 422, and a form that led somewhere with 303, as all over the site.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        return _uncached(_as_of_forms(request, view(request, *args, **kwargs)))

    door: View = require_http_methods(METHODS)(wrapped)
    door.login_required = False  # type: ignore[attr-defined]
    return door


def signed_in_form(view: View) -> View:
    """Mark a form of an account whose view is allauth's: as `signed_in`, its answers those of forms all over the site."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        return _as_of_forms(request, view(request, *args, **kwargs))

    return signed_in(wrapped)


def _as_of_forms(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    context = getattr(response, "context_data", None) or {}
    forms = [context[name] for name in ("form", "webauthn_form") if context.get(name) is not None]
    if any(form.is_bound and form.errors for form in forms) and request.method == "POST":
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
        response.status_code = HTTPStatus.SEE_OTHER
    return response


def _uncached(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
