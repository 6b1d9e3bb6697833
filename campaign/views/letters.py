"""Letters to the leaders: everybody sends their own; nothing of it is kept here."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from campaign import queries
from campaign.forms import LetterForm
from coop4canada.kit import clock
from coop4canada.kit.http import public_form, public_page
from coop4canada.templatetags.formats import EASTERN


@public_page
def letters(request: HttpRequest) -> HttpResponse:
    """List the leaders one can write to."""
    return render(request, "campaign/letters.html", {"recipients": queries.recipients()})


@public_form
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody make a letter to a leader their own; sent back, it is finished: to print, copy or mail."""
    recipient = queries.recipient_at(code)
    if recipient is None:
        raise Http404(_("There is no such leader."))
    today = clock.now().astimezone(EASTERN).date()
    context = {"recipient": recipient, "finished": None, "today": today, "query": ""}
    if request.method != "POST":
        beginning = queries.beginning_for(recipient)
        form = LetterForm(initial={"subject": beginning.subject, "text": beginning.text})
        return render(request, "campaign/letter.html", context | {"form": form})
    form = LetterForm(request.POST)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "campaign/letter.html", context | {"form": form}, status=status)
    finished = form.finished(to=recipient.email)
    return render(request, "campaign/letter.html", context | {"form": form, "finished": finished})
