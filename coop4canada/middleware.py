"""Middleware of the whole site."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]

OPEN_PREFIXES = ("/api/", "/boundaries/", "/postcodes/", "/representation/")


def language_from_path(get_response: GetResponse) -> GetResponse:
    """Choose the language by the address alone: `/fr/…` is French, all else English.

    Neither a cookie nor Accept-Language decides, so a shared cache may keep every page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        in_path = translation.get_language_from_path(request.path_info)
        language = in_path or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def open_api(get_response: GetResponse) -> GetResponse:
    """Let pages of any origin read the public interfaces; they carry no cookie and no person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(OPEN_PREFIXES):
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return middleware


def kind_404(get_response: GetResponse) -> GetResponse:
    """Show our own page for an unknown address in development too; only there is it in the chain."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == HTTPStatus.NOT_FOUND and is_page:
            return render(request, "404.html", {"reason": ""}, status=HTTPStatus.NOT_FOUND)
        return response

    return middleware


class LoginRequired(LoginRequiredMiddleware):
    """Ask for a log-in unless the view is marked as open; an open view never touches the session.

    Django's own looks at the user first, which makes every page vary by cookie and so no page cacheable.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Let open views pass; else do as Django does."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
