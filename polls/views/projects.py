"""What anybody may read: every poll project, and one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import public_page
from polls.queries.project_page import project_page
from polls.queries.projects import projects_page
from polls.queries.published import published_polls

MOST_POLLS = 24


@public_page
def projects(request: HttpRequest) -> HttpResponse:
    """List what is being paid for and what was bought, and say by which rules money moves."""
    return render(
        request, "polls/list.html", {"page": projects_page(), "polls": published_polls(most=MOST_POLLS)}
    )


@public_page
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one project: how far it is, what happens to gifts, its history."""
    page = project_page(pk, now=clock.now())
    if page is None:
        raise Http404(_("There is no such poll project. See all of them under “Polls”."))
    riding_polls = published_polls([page.card.project.riding_id])
    poll = next((one for one in riding_polls if one.project_id == pk), None)
    return render(request, "polls/project.html", {"page": page, "poll": poll})
