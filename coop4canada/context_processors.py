"""What every page knows."""

from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url

from campaign.queries import campaign_of_pages


def _is_page(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the campaign and the address of this page in the other language, with its query.

    A view gives its own address or query where these are not the same in both languages, or not to be repeated.
    """
    language = getattr(request, "LANGUAGE_CODE", "en")
    other = "fr" if language == "en" else "en"
    path = request.path if _is_page(request.path_info) else "/"
    return {
        "campaign": campaign_of_pages(),
        "other_language": other,
        "other_language_path": translate_url(path, other),
        "query": request.GET.urlencode(),
    }
