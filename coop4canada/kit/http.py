"""What views share: allowed methods and conditional answers."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from coop4canada.kit.origin import client_address

View = Callable[..., HttpResponse]

SECONDS_FRESH = 60
SECONDS_STALE = 86_400
# What a browser's form sends; a JSON body is no form of ours.
FORM_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data"}


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


def public_form(view: View) -> View:
    """Mark a form that anyone may fill in: no log-in, kept by no cache, and safe without a token in the page.

    The page that carries the form may come out of a shared cache, so there is no token in it. Instead the browser
    itself says where a form was sent from, and what comes from another site is refused.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        if request.method == "POST" and not is_from_this_site(request):
            response = render(request, "refused.html", {"reason": "foreign"}, status=HTTPStatus.FORBIDDEN)
        elif request.method == "POST" and request.content_type not in FORM_TYPES:
            response = render(
                request, "refused.html", {"reason": "no_form"}, status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE
            )
        else:
            response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    form_view: View = csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(wrapped))
    form_view.login_required = False  # type: ignore[attr-defined]
    return form_view


def mailed_page(view: View) -> View:
    """Mark a page that a link in a mail of ours opens: no log-in, kept by no cache, named to no other site.

    The signed token in its address is the authority, no cookie is, so a form may come from anywhere: mail programs
    unsubscribe by themselves (RFC 8058). GET and HEAD only show; machines follow links before people do.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["Referrer-Policy"] = "no-referrer"
        return response

    open_view: View = csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(wrapped))
    open_view.login_required = False  # type: ignore[attr-defined]
    return open_view


def machine_form(view: View) -> View:
    """Mark an address to which other machines send: no log-in, no cookie; the view checks who sends."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    open_view: View = csrf_exempt(require_http_methods(["HEAD", "POST"])(wrapped))
    open_view.login_required = False  # type: ignore[attr-defined]
    return open_view


def personal_page(view: View) -> View:
    """Mark a page that is open to anyone but shows what only its reader may see: no log-in, read-only, kept by no cache."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 — any view
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    safe_view: View = require_safe(wrapped)
    safe_view.login_required = False  # type: ignore[attr-defined]
    return safe_view


def is_from_this_site(request: HttpRequest) -> bool:
    """Say whether a form was sent from a page of this site.

    Every browser in use sends Sec-Fetch-Site, or at least Origin with a form from elsewhere; what sends neither is no
    browser and carries nobody's cookies.
    Source: Fetch Standard and W3C Fetch Metadata Request Headers, 2024.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def see_other(path: str) -> HttpResponse:
    """Answer a form by leading to a page: reloading that page sends nothing again."""
    response = HttpResponseRedirect(path)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def address_of(request: HttpRequest) -> str:
    """Return the internet address of whoever asks, believing only the proxies that stand before the site."""
    return client_address(
        remote_address=request.META.get("REMOTE_ADDR", ""),
        forwarded_for=request.headers.get("X-Forwarded-For", ""),
        trusted_hops=settings.TRUSTED_HOPS,
    )


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
