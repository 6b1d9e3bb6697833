"""The coalition: who stands with the campaign, and signing on."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from campaign import queries
from campaign.forms import JoinForm
from campaign.rules.logo import CONTENT_TYPE
from campaign.services import TooManyApplications, apply_to_join
from coop4canada.kit import clock, proof
from coop4canada.kit.http import address_of, public_form, public_page, see_other

SECONDS_A_YEAR = 31_536_000


@public_page
def coalition(request: HttpRequest) -> HttpResponse:
    """Show the organizations that stand with the campaign."""
    return render(request, "campaign/coalition.html", {"members": queries.coalition()})


@public_form
def join(request: HttpRequest) -> HttpResponse:
    """Take down an organization's sign-on, to be reviewed."""
    if request.method != "POST":
        return _form(request, JoinForm(), HTTPStatus.OK)
    form, now = JoinForm(request.POST, request.FILES), clock.now()
    if not form.is_valid():
        return _form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    application = form.application(proof_key=proof.key(), address=address_of(request), now=now)
    try:
        apply_to_join(application=application, now=now)
    except TooManyApplications:
        return _form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return see_other(reverse("campaign:join-thanks"))


@public_page
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what happens next."""
    return render(request, "campaign/join_thanks.html")


@public_page
def logo(_request: HttpRequest, digest: str) -> HttpResponse:
    """Send the logo with this hash, to be kept for good; its bytes are ours, yet no browser may run them."""
    content = queries.public_logo(digest)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    patch_cache_control(response, public=True, max_age=SECONDS_A_YEAR, immutable=True)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _form(request: HttpRequest, form: JoinForm, status: HTTPStatus) -> HttpResponse:
    context = {
        "form": form,
        "opened": form.opened_stamp(clock.now()),
        "is_too_often": status == HTTPStatus.TOO_MANY_REQUESTS,
    }
    return render(request, "campaign/join.html", context, status=status)
