"""The organizers' admin: what it lets somebody do needs a password and a second factor, however they came to the site."""

from typing import Any, cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coop4canada.kit.http import address_of
from coop4canada.kit.origin import network_of
from supporters import second_factor


class OrganizerForm(AdminAuthenticationForm):
    """The password; so many wrong ones for an account, and no more are looked at for a while."""

    def clean(self) -> dict[str, Any]:
        """Count the try; a right password takes the count back."""
        # By origin too: whoever types wrong passwords elsewhere locks nobody out.
        account = self.cleaned_data.get("username", "").lower()
        origin = network_of(address_of(self.request)) if self.request else ""
        key = f"password:{origin}:{account}"
        if not ratelimit.consume(self.request, action="login_failed", key=key):
            raise ValidationError(_("Too many tries: wait five minutes, then try again."))
        values: dict[str, Any] = super().clean() or self.cleaned_data
        ratelimit.clear(self.request, action="login_failed", key=key)
        return values


class OrganizerLogin(LoginView):
    """Asks for the password, then for the second factor of whoever has one."""

    authentication_form = OrganizerForm
    template_name = "admin/login.html"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Log in by the steps that every log-in of this site takes."""
        login = Login(user=form.get_user(), redirect_url=self.get_success_url())
        response: HttpResponse = perform_password_login(self.request, {}, login)
        return response


class OrganizerSite(AdminSite):
    """Admin that neither a mailed code nor a passkey alone opens, not even to whoever became staff since."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether somebody of the staff is here, by password and second factor."""
        return self._is_staff_by_password(request) and not second_factor.is_missing(request)

    # As the overridden method: a method of its own knows nothing of its decorators.
    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for what is missing: the password, or the second factor.

        A session that was opened without a password ends here, or it would never be more than that.
        """
        onward = self._onward(request)
        if self._is_staff_by_password(request) and second_factor.is_missing(request):
            return second_factor.ask_for_it(request, onward)
        if super().has_permission(request) and not self.has_permission(request):
            logout(request)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(onward)
        context = {**self.each_context(request), "title": _("Log in"), "subtitle": None}
        context |= {"app_path": request.get_full_path(), "username": request.user.get_username()}
        context |= {REDIRECT_FIELD_NAME: onward, **(extra_context or {})}
        request.current_app = self.name  # as Django's own does
        response = OrganizerLogin.as_view(extra_context=context)(request)
        return cast("HttpResponse", response)

    def _is_staff_by_password(self, request: HttpRequest) -> bool:
        if not super().has_permission(request) or second_factor.came_without_password(request):
            return False
        # Where no second factor is asked for, sessions that know nothing of how they were opened are let be.
        return second_factor.came_by_password(request) or not settings.SECOND_FACTOR_REQUIRED

    def _onward(self, request: HttpRequest) -> str:
        asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
        is_own = bool(asked) and second_factor.is_own_path(request, asked)
        return asked if is_own else reverse("admin:index", current_app=self.name)
