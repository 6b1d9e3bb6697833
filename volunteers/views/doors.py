"""Who comes in: the lead to everything in the riding, interviewers to interviews."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from coop4canada.kit.http import see_other
from supporters.doors import role_required
from supporters.enums import RidingRoleKind
from supporters.models import User
from supporters.queries.roles import has_role
from volunteers import queries
from volunteers.models import Chapter

LEAD, INTERVIEWER = RidingRoleKind.CHAPTER_LEAD, RidingRoleKind.INTERVIEWER

for_lead = role_required(LEAD)
for_chapter = role_required(LEAD, INTERVIEWER)


def is_lead(request: HttpRequest, number: int) -> bool:
    """Say whether whoever asks leads the chapter."""
    return has_role(request.user, number, LEAD)


def chapter_or_404(number: int) -> Chapter:
    """Return the riding's live chapter."""
    chapter = queries.live_chapter(number)
    if chapter is None:
        raise Http404
    return chapter


def member(request: HttpRequest) -> User:
    """Return the account; the doors let nobody else come this far."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def status_of(request: HttpRequest) -> HTTPStatus:
    """Return what a page answers that shows a form: again with sentences, or for the first time."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK


def back_to_work(number: int, anchor: str = "") -> HttpResponse:
    """Lead to the workspace."""
    return see_other(reverse("chapters:work", args=[number]) + anchor)


def back_to_candidate(number: int, pk: int) -> HttpResponse:
    """Lead to a candidate's page in the workspace."""
    return see_other(reverse("chapters:candidate", args=[number, pk]))
