"""Pages that belong to no single app: home, health, errors."""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache

from coop4canada.kit import clock
from coop4canada.kit.http import public_page
from coop4canada.kit.panels import panels_for
from coop4canada.kit.proof import new_challenge
from ridings.forms import FindForm
from ridings.queries import MapFilter, map_page
from supporters.visitors import proof_key


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the campaign, the search box and the map."""
    panels = panels_for("home_panels")
    calls = [panel.call for panel in panels if panel.call]
    context = {"page": map_page(MapFilter()), "find_form": FindForm(), "panels": panels, "calls": calls}
    return render(request, "home.html", context)


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, why and for how long."""
    return render(request, "privacy.html")


@public_page
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component of the design; only in development and tests."""
    return render(request, "styleguide.html", {"find_form": FindForm(), "page": map_page(MapFilter())})


@public_page
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; touches nothing else."""
    return JsonResponse({"status": "ok"})


@public_page
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve: 503 without its database; a missing broker only degrades."""
    parts = {"database": _database_answers(), "broker": _broker_answers()}
    status = "ok" if all(parts.values()) else ("degraded" if parts["database"] else "unavailable")
    return JsonResponse({"status": status, **parts}, status=200 if parts["database"] else 503)


@public_page
def proof(_request: HttpRequest) -> HttpResponse:
    """Ask a browser for a little work before it sends a form; each challenge is new and kept by no cache."""
    response = JsonResponse(new_challenge(key=proof_key(), now=clock.now()))
    patch_cache_control(response, private=True, no_store=True)
    return response


@public_page
def robots(_request: HttpRequest) -> HttpResponse:
    """Ask crawlers to leave admin and the search alone."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /fr/admin/", "Disallow: /ridings/find/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say kindly that there is no such page."""
    return render(request, "404.html", {"reason": _sentence(exception)}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """Say that what was sent cannot be read: too many fields, too large, broken."""
    return render(request, "refused.html", {"reason": "unreadable"}, status=400)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Say that something failed on our side, without asking the database for anything."""
    return HttpResponse(render_to_string("500.html"), status=500)


def _sentence(exception: Exception) -> str:
    # A resolver's own exception carries a dictionary, which is not for readers.
    reason = exception.args[0] if exception.args else ""
    return reason if isinstance(reason, str) else ""


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return False
    return True
