"""Behind the links in reminders to vote: GET explains, only POST acts, and acting twice lands softly."""

from datetime import date
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.queries import words_to_share
from coop4canada.kit import clock
from coop4canada.kit.http import mailed_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from coop4canada.templatetags.formats import full_address
from pledges import services
from pledges.queries.voting import current_calendar, vote_page
from pledges.services.voting_mails import STOP_VOTING, VOTED


@mailed_page
def voted(request: HttpRequest, token: str) -> HttpResponse:
    """Take down that somebody voted, or take it back; thank them and ask them to ask others."""
    pledge_id, polling_on = _opened(VOTED, token)
    if request.method != "POST":
        return _show(request, "pledges/voted.html", pledge_id, polling_on)
    if "take_back" in request.POST:
        services.take_back_voted(pledge_id=pledge_id, polling_on=polling_on)
        return see_other(request.path)
    try:
        services.tell_voted(pledge_id=pledge_id, polling_on=polling_on, now=clock.now())
    except services.NotTheTime:
        return _show(request, "pledges/voted.html", pledge_id, polling_on, HTTPStatus.GONE)
    return see_other(request.path)


@mailed_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders of one election; mail programs do it with a POST of their own and follow no redirect."""
    pledge_id, polling_on = _opened(STOP_VOTING, token)
    if request.method == "POST":
        services.stop_vote_reminders(pledge_id=pledge_id, polling_on=polling_on, now=clock.now())
    return _show(request, "pledges/voting_stop.html", pledge_id, polling_on)


def _opened(purpose: str, token: str) -> tuple[int, date]:
    """Return the pledge and the polling day that a link holds; raise 404 if it is none of ours."""
    try:
        number, day = unseal(purpose, token, max_age=None).values
        return int(number), date.fromisoformat(day)
    except (BadToken, ValueError) as error:
        raise Http404(_("This link is not complete. Open it again from the mail.")) from error


def _show(
    request: HttpRequest,
    template: str,
    pledge_id: int,
    polling_on: date,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    words = _("I voted. We pledged to vote together: have you been to the polls?")
    context = {
        "page": vote_page(pledge_id, polling_on, clock.now()),
        "calendar": current_calendar(),
        "share": words_to_share(words, title=_("I voted"), link=full_address(reverse("home"))),
    }
    return render(request, template, context, status=status)
