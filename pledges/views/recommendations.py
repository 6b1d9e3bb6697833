"""What anybody may read: every round, a riding's round with its result, the ballot file."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import answer_with_etag, public_page
from pledges import queries


@public_page
def rounds(request: HttpRequest) -> HttpResponse:
    """List every round: who is recommended, where one can vote."""
    return render(request, "pledges/rounds/list.html", {"page": queries.rounds_page(clock.now().date())})


@public_page
def round_page(request: HttpRequest, number: int, pk: int | None = None) -> HttpResponse:
    """Show the newest round of a riding, or an earlier one."""
    page = queries.round_page(number, pk)
    if page is None:
        raise Http404(_("There has been no recommendation round in this riding."))
    return render(
        request, "pledges/rounds/round.html", {"page": page, "file_path": queries.file_path(page.row)}
    )


@public_page
def ballot_file(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Serve the ballot file from which anybody can recount."""
    content = queries.ballot_file(number, pk)
    if content is None:
        raise Http404(_("There is no ballot file of this round."))
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="ballots-{number}-{pk}.json"'
    return answer_with_etag(request, response, sha256(content).hexdigest())
