"""What the links in the foot of a mail open, and the mail provider's reports."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from coop4canada.kit import clock
from coop4canada.kit.http import machine_form, mailed_page
from coop4canada.kit.providers import PROVIDERS
from coop4canada.kit.signing import BadToken
from supporters import queries, services
from supporters.enums import Method
from supporters.forms import UnsubscribeForm
from supporters.visitors import circumstances_of

logger = logging.getLogger(__name__)


@mailed_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody agreed to and let them end it; end mails at once where a mail program asks by itself."""
    reader = _reader(token, services.UNSUBSCRIBE)
    form = UnsubscribeForm(request.POST if request.method == "POST" else None)
    is_done = form.is_valid()
    if is_done:
        services.unsubscribe(
            reader=reader,
            purposes=form.cleaned_data["purposes"],
            circumstances=circumstances_of(request, method=Method.MAIL),
            now=clock.now(),
        )
    context = {
        "form": form,
        "is_done": is_done,
        "standing": queries.standing_consents(reader.supporter_id),
        "not_me_token": services.token_for(reader, services.NOT_ME),
    }
    is_refused = form.is_bound and not is_done
    return render(request, "supporters/unsubscribe.html", context, status=422 if is_refused else 200)


@mailed_page
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of an address say that it was not them, and that they want no mail, ever."""
    reader = _reader(token, services.NOT_ME)
    if request.method == "POST":
        services.refuse_mail(
            reader=reader, circumstances=circumstances_of(request, method=Method.MAIL), now=clock.now()
        )
    return render(request, "supporters/not_me.html", {"is_done": request.method == "POST"})


@machine_form
def provider_events(request: HttpRequest) -> HttpResponse:
    """Take the mail provider's reports; Anymail checks who sends them and reads them."""
    provider = PROVIDERS.get(settings.MAIL_PROVIDER)
    if provider is None or not settings.MAIL_WEBHOOK_SECRET:
        raise Http404
    reports_view = import_string(provider.reports).as_view()
    try:
        response: HttpResponse = reports_view(request)
    except (ValueError, KeyError, TypeError, AttributeError):
        logger.exception("a report of %s cannot be read", settings.MAIL_PROVIDER)
        return HttpResponse("This is no report of the provider.", status=HTTPStatus.BAD_REQUEST)
    return response


def _reader(token: str, purpose: str) -> services.Reader:
    try:
        return services.reader_of(token, purpose)
    except BadToken as error:
        raise Http404 from error
