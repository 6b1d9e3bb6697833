"""The public JSON API about local polls: read-only, every number with the facts the law wants."""

import json
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router, Status

from coop4canada.kit.http import answer_with_etag
from polls.queries.files import poll_document, poll_list
from polls.queries.poll_page import public_poll
from polls.queries.project_facts import project_list
from polls.schemas import PollDetail, PollItem, Problem, ProjectItem

router = Router(tags=["local polls"])

SECONDS_FRESH = 60


@router.get("polls", response=list[PollItem], summary="Published local polls, newest first")
def polls(request: HttpRequest) -> Any:  # noqa: ANN401 — a ready response
    """List the published polls with their facts and the vote."""
    return _document(request, poll_list())


@router.get(
    "polls/{int:number}", response={200: PollDetail, 404: Problem}, summary="One poll with every reading"
)
def poll(request: HttpRequest, number: int) -> Any:  # noqa: ANN401 — a ready response or a problem
    """Show a published poll; of a retracted one the facts and the reason."""
    found = public_poll(number)
    if found is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"No poll {number} has been published."})
    return _document(request, poll_document(found))


def _document(request: HttpRequest, content: object) -> HttpResponse:
    body = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
    return answer_with_etag(request, response, sha256(body.encode()).hexdigest()[:32])


@router.get(
    "polls/projects", response=list[ProjectItem], summary="Poll projects that people pay for together"
)
def poll_projects(request: HttpRequest) -> Any:  # noqa: ANN401 — a ready response
    """List the projects that collect or did, the newest first: facts and sums, never a person."""
    return _document(request, project_list())


@router.get(
    "polls/projects/{int:number}",
    response={200: ProjectItem, 404: Problem},
    summary="One poll project: what it costs, what came in, where it stands",
)
def poll_project(request: HttpRequest, number: int) -> Any:  # noqa: ANN401 — a ready response or a problem
    """Show one project."""
    found = next((row for row in project_list() if row["id"] == number), None)
    if found is None:
        return Status(HTTPStatus.NOT_FOUND, {"detail": f"There is no poll project {number}."})
    return _document(request, found)
