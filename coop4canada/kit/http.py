"""What views share: allowed methods and conditional answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]

SECONDS_FRESH = 60
SECONDS_STALE = 86_400


def public_page(view: View) -> View:
    """Mark a page that anyone may read and any cache may keep: no log-in, read-only, no cookie.

    It is fresh for a minute; a cache may serve it longer while it fetches anew or while we are down.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(
                response,
                public=True,
                max_age=SECONDS_FRESH,
                stale_while_revalidate=SECONDS_STALE,
                stale_if_error=SECONDS_STALE,
            )
        return response

    safe_view: View = require_safe(wrapped)
    safe_view.login_required = False  # type: ignore[attr-defined]
    return safe_view


def answer_with_etag(request: HttpRequest, response: HttpResponse, version: str) -> HttpResponse:
    """Return the response with its ETag, or 304 where the caller already holds this version."""
    etag = quote_etag(version)
    if etag in {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}:
        not_modified = HttpResponseNotModified()
        for header in ("Cache-Control", "Vary"):
            if response.has_header(header):
                not_modified[header] = response[header]
        not_modified["ETag"] = etag
        return not_modified
    response["ETag"] = etag
    return response
