"""The second factor: setting it up, giving it, recovery codes, passkeys."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.models import Login
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy

from coop4canada.kit.http import see_other
from supporters import queries, second_factor
from supporters.doors import LOG_IN, entrance, signed_in, signed_in_form

PLACE = "account/second_factor/"


class AppView(ActivateTOTPView):  # type: ignore[misc]  # the library has no types
    """Whoever has set up an app has given it, too."""

    template_name = PLACE + "app.html"

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 — allauth's
        """Set it up, and note that this session has given it."""
        response: HttpResponse = super().form_valid(form)
        app = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        second_factor.note_given(self.request, app)
        return response


class PasskeyView(AddWebAuthnView):  # type: ignore[misc]
    """Every passkey is one that can open the account by itself: the browser checks who holds it."""

    template_name = PLACE + "passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 — allauth's
        """Hand the browser what a new passkey has to be."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "form" in kwargs:
            context["form"] = kwargs["form"]
        return context | {
            "js_data": {"creation_options": begin_registration(self.request.user, passwordless=True)}
        }

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 — allauth's
        """Add it, and note that this session has given it."""
        response: HttpResponse = super().form_valid(form)
        own = Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.WEBAUTHN)
        second_factor.note_given(self.request, own.latest("pk"))
        return response


class PasskeyLoginView(LoginWebAuthnView):  # type: ignore[misc]
    """Logging in by a passkey alone; it leads on as a code does."""

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 — allauth's
        """Log in, unless it is staff, who type their password."""
        authenticator = form.cleaned_data["credential"]
        if authenticator.user.is_staff:
            return HttpResponseRedirect(reverse("admin:login"))
        onward = self.request.POST.get("next", "")
        own = onward if onward and second_factor.is_own_path(self.request, onward) else None
        login = Login(user=authenticator.user, redirect_url=own)
        response: HttpResponse = perform_passwordless_login(self.request, authenticator, login)
        return response


@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    """Show the second factors of the account, and what can be done about them."""
    second_factor.keep_onward(request)
    context = {
        "factors": queries.second_factors.second_factors_of(request.user),
        "onward": second_factor.onward_of(request),
        "is_asked_for": second_factor.is_missing(request) and second_factor.NEXT_KEY in request.session,
    }
    return render(request, PLACE + "overview.html", context)


def fresh(view: Any) -> Any:  # noqa: ANN401 — any view
    """Let a session that was opened long ago log in again before it sets up a first second factor."""

    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if second_factor.is_fresh(request):
            response: HttpResponse = view(request, *args, **kwargs)
            return response
        onward = f"{reverse(LOG_IN)}?{urlencode({'next': request.path})}"
        return see_other(f"{reverse('account_logout')}?{urlencode({'again': '1', 'next': onward})}")

    return wrapped


@signed_in_form
@fresh
def app(request: HttpRequest) -> HttpResponse:
    """Show the key of an app, take its first code."""
    response: HttpResponse = AppView.as_view()(request)
    return response


@signed_in_form
def remove_app(request: HttpRequest) -> HttpResponse:
    """Ask, then remove the app."""
    response: HttpResponse = DeactivateTOTPView.as_view(template_name=PLACE + "remove_app.html")(request)
    return response


@signed_in_form
@fresh
def passkey(request: HttpRequest) -> HttpResponse:
    """Take a new passkey."""
    response: HttpResponse = PasskeyView.as_view()(request)
    return response


@signed_in_form
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove a passkey."""
    view = RemoveWebAuthnView.as_view(
        template_name=PLACE + "remove_passkey.html", success_url=reverse_lazy("mfa_index")
    )
    response: HttpResponse = view(request, pk=pk)
    return response


@signed_in_form
def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes that are left."""
    context = {"onward": second_factor.onward_of(request)}
    view = ViewRecoveryCodesView.as_view(template_name=PLACE + "codes.html", extra_context=context)
    response: HttpResponse = view(request)
    return response


@signed_in_form
def new_codes(request: HttpRequest) -> HttpResponse:
    """Ask, then make new recovery codes; the old ones are void."""
    response: HttpResponse = GenerateRecoveryCodesView.as_view(template_name=PLACE + "new_codes.html")(
        request
    )
    return response


@entrance
def enter(request: HttpRequest) -> HttpResponse:
    """Take the second factor of somebody who is logging in."""
    response: HttpResponse = AuthenticateView.as_view(template_name=PLACE + "enter.html")(request)
    return response


@signed_in_form
def again(request: HttpRequest) -> HttpResponse:
    """Take a code of somebody who is logged in, before something that wants it."""
    response: HttpResponse = CodeAgainView.as_view(template_name=PLACE + "again.html")(request)
    return response


@signed_in_form
def passkey_again(request: HttpRequest) -> HttpResponse:
    """Take a passkey of somebody who is logged in; said wrongly, ask again."""
    view = ReauthenticateWebAuthnView.as_view(template_name=PLACE + "passkey_again.html")
    response: HttpResponse = view(request)
    return response


@signed_in_form
def password_again(request: HttpRequest) -> HttpResponse:
    """Take the password of somebody who is logged in, before something that wants it."""
    response: HttpResponse = ReauthenticateView.as_view(template_name="account/password_again.html")(request)
    return response


@entrance
def passkey_login(request: HttpRequest) -> HttpResponse:
    """Hand the browser a challenge; log in whoever answers it by a passkey."""
    response: HttpResponse = PasskeyLoginView.as_view()(request)
    if (
        request.method == "POST"
        and response.status_code in {302, 303}
        and response["Location"] == reverse(LOG_IN)
    ):
        onward = {name: value for name in ("next",) if (value := request.POST.get(name))}
        return see_other(f"{reverse(LOG_IN)}?{urlencode({'passkey': 'wrong', **onward})}")
    return response
