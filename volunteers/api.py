"""The public JSON API about chapters: what is published, never who wrote it."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router
from ninja.errors import HttpError

from volunteers import queries
from volunteers.schemas import ChapterItem

router = Router(tags=["chapters"])

SECONDS_FRESH = 60


@router.get("chapters/{number}", response=ChapterItem, summary="A riding's chapter and its candidates")
def chapter(request: HttpRequest, response: HttpResponse, number: int) -> dict[str, Any]:
    """Tell how far a riding's chapter is, whom it looks at, where they stand, what it decided and why."""
    facts = queries.chapter_facts(number)
    if facts is None:
        raise HttpError(HTTPStatus.NOT_FOUND, "There is no chapter in this riding.")
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    return facts
