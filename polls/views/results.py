"""What anybody may read of a poll: its page, which is its report, and its readings as a file."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from coop4canada.kit.export import csv_chunks
from coop4canada.kit.http import public_page
from polls.enums import PollState
from polls.queries.files import reading_rows
from polls.queries.poll_page import poll_page, public_poll


@public_page
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a poll with every fact of the law; a retracted one with its reason and without numbers."""
    page = poll_page(pk)
    if page is None:
        raise Http404(_("There is no published poll at this address."))
    return render(request, "polls/poll.html", {"page": page})


@public_page
def poll_readings(_request: HttpRequest, pk: int) -> HttpResponse:
    """Give the readings of a published poll as a CSV file, the facts beside each."""
    found = public_poll(pk)
    if found is None:
        raise Http404(_("There is no published poll at this address."))
    if found.state == PollState.RETRACTED:
        return HttpResponse(
            found.retraction, status=HTTPStatus.GONE, content_type="text/plain; charset=utf-8"
        )
    text = "".join(csv_chunks(reading_rows(found), has_mark=True))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="poll-{pk}.csv"'
    return response
