"""Logging in by a mailed code, one's roles, logging out."""

from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from coop4canada.kit.http import see_other
from coop4canada.kit.panels import panels_for
from supporters import queries
from supporters.doors import LOG_IN, entrance, signed_in


@entrance
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail it a code; the answer is the same for every address."""
    context = {"has_ended": "ended" in request.GET, "passkey_failed": "passkey" in request.GET}
    view = RequestLoginCodeView.as_view(template_name="account/login.html", extra_context=context)
    response: HttpResponse = view(request)
    return response


@entrance
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code; say so at the log-in once it has run out or was mistyped too often."""
    response: HttpResponse = ConfirmLoginCodeView.as_view(template_name="account/code.html")(request)
    if response.status_code == HTTPStatus.FOUND and response["Location"] == reverse(LOG_IN):
        onward = {name: value for name in ("next",) if (value := _parameter(request, name))}
        return see_other(f"{reverse(LOG_IN)}?{urlencode({'ended': '1', **onward})}")
    return response


@entrance
def log_out(request: HttpRequest) -> HttpResponse:
    """Ask, then log out; this also forgets a log-in half way, for whoever mistyped the address."""
    response: HttpResponse = LogoutView.as_view(
        template_name="account/logout.html", extra_context={"is_again": "again" in request.GET}
    )(request)
    return response


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show whose account it is, the roles, and what can be done with them."""
    context = {
        "email": queries.roles.address_of(request.user),
        "roles": queries.roles.roles_of(request.user),
        "panels": panels_for("account_panels", user=request.user),
    }
    return render(request, "account/home.html", context)


def _parameter(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")
