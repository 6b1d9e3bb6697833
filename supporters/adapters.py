"""How allauth works on this site: our outbox, our words."""

from secrets import token_hex
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from campaign.queries import active_campaign
from coop4canada.kit.clock import now
from coop4canada.kit.http import address_of, see_other
from coop4canada.kit.origin import network_of, wide_network_of
from coop4canada.kit.senders import Letter
from supporters import second_factor
from supporters.enums import SecondFactorChange
from supporters.models import User
from supporters.rules.email import read_address
from supporters.services.outbox import queue_letter
from supporters.services.second_factors import tell_of_second_factor

LOGIN_CODE = "account/email/login_code"
# What allauth calls its mails about second factors, and what ours says.
CHANGES = {
    "mfa/email/totp_activated": SecondFactorChange.APP_ADDED,
    "mfa/email/totp_deactivated": SecondFactorChange.APP_REMOVED,
    "mfa/email/webauthn_added": SecondFactorChange.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": SecondFactorChange.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": SecondFactorChange.CODES_RENEWED,
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Lets people in by a code in a mail; whoever has no account, or one of staff, gets none and is not told."""

    error_messages: ClassVar[dict[str, StrPromise]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code of our newest mail: type it as it stands there."),
        "too_many_login_attempts": _(
            "So many codes were asked for that we send no more now. Wait a few minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 — allauth names it
        """Accounts are opened on our own page, not on allauth's."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Log in; the session of a sign-up, which was to be forgotten soon, now lasts as every other."""
        super().login(request, user)
        request.session.set_expiry(None)

    def add_message(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 — allauth's signature
        """Say nothing by cookie: what there is to say stands on the page, and public pages know no cookie."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that the proxies in front of us vouch for."""
        return address_of(request) or "unknown"

    def is_safe_url(self, url: str) -> bool:
        """Lead on to pages of this very host only."""
        hosts = {self.request.get_host()}
        return url_has_allowed_host_and_scheme(url, hosts, require_https=self.request.is_secure())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the code into the outbox; no other mail of allauth's is wanted here."""
        if template_prefix != LOGIN_CODE:
            raise ValueError(f"this site has no mail {template_prefix}")
        self._send_code("supporters/login_code", email, context["code"])

    def send_sign_up_code(self, email: str, code: str) -> None:
        """Put the code that opens an account into the outbox."""
        self._send_code("supporters/sign_up_code", email, code)

    def _send_code(self, kind: str, email: str, code: str) -> None:
        address = address_of(self.request)
        letter = Letter(
            kind=kind,
            key=f"{kind}:{token_hex(16)}",
            to=read_address(email),
            language=get_language() or settings.LANGUAGE_CODE,
            context={"code": code, "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60},
            origin=network_of(address),
            wide_origin=wide_network_of(address),
        )
        queue_letter(letter=letter, now=now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,  # noqa: ARG002 — allauth names it
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Tell the owner of an account that its second factor changed."""
        if isinstance(user, User):
            tell_of_second_factor(user=user, change=CHANGES[template_prefix], now=now())

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:  # noqa: ANN401, ARG002
        """Turn back whoever was switched off; staff come by their password, at the log-in of admin."""
        if user.is_active and second_factor.came_by_password(request, user):
            return None
        if may_log_in_by_code(user):
            return None
        clear_login(request)
        return see_other(reverse("account_login"))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors in the words of this site."""

    error_messages: ClassVar[dict[str, StrPromise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This is not right: every code is good once and for a short time, so take a new one."
        ),
    }

    def get_totp_issuer(self) -> str:
        """Name the site, as the list of the app shows it."""
        return self._get_site_name()

    def _get_site_name(self) -> str:
        campaign = active_campaign()
        return campaign.name if campaign else str(super()._get_site_name())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 — allauth names it
        """Number the passkeys."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}


def may_log_in_by_code(user: AbstractBaseUser) -> bool:
    """Say whether a mailed code opens this account: what staff may do wants more than a mailbox."""
    return bool(user.is_active and not getattr(user, "is_staff", True))
