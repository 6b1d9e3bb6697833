"""The development mailbox: what was sent, as its readers see it."""

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from coop4canada.kit.http import public_form
from supporters.mailbox import KeptMail, kept_mail, kept_mails


@public_form
def mails(request: HttpRequest) -> HttpResponse:
    """List the mails, newest first."""
    return render(request, "supporters/mailbox/mails.html", {"mails": kept_mails()})


@public_form
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail: as HTML, as text, and its headers."""
    return render(request, "supporters/mailbox/mail.html", {"kept": _kept(name)})


@csp_exempt()
@xframe_options_sameorigin
@public_form
def mail_html(_request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the HTML of a mail, whose links open in the whole window."""
    html = _kept(name).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def _kept(name: str) -> KeptMail:
    kept = kept_mail(name)
    if kept is None:
        raise Http404
    return kept
