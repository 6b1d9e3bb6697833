"""Setting up a second factor, and giving it; what is garbled is wrong, never a fault of ours."""

from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.clock import now
from supporters.services.second_factors import use_code_once

LONGEST_CODE, LONGEST_NAME = 40, 60
# What decoding made-up answers of a passkey may raise in the library that reads them.
GARBLED = (TypeError, ValueError, LookupError, AttributeError)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code of an app, which proves that it knows the key."""

    code = forms.CharField(label=_("Code that the app shows"), max_length=LONGEST_CODE)

    def clean_code(self) -> str:
        """Take the code, which is then good for nothing else."""
        _count_try(self.user)
        code: str = super().clean_code()
        _spend(self.user, code)
        return code


class CodeOnce:
    """A code of an app or a recovery code: tries are counted, and each code is good once."""

    user: AbstractBaseUser
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Take the code."""
        _count_try(self.user)
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            _spend(self.user, code)
        return code


class FactorForm(CodeOnce, AuthenticateForm):  # type: ignore[misc]
    """The second factor while logging in."""

    code = forms.CharField(label=_("Code"), max_length=LONGEST_CODE)


class FactorAgainForm(CodeOnce, ReauthenticateForm):  # type: ignore[misc]
    """The second factor of somebody who is logged in."""

    code = forms.CharField(label=_("Code"), max_length=LONGEST_CODE)


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey that the browser has made; it can always open the account by itself."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_NAME, required=False)
    credential = forms.JSONField(widget=forms.HiddenInput)
    passwordless = None

    def clean(self) -> dict[str, Any]:
        """Read what the browser made."""
        try:
            super().clean()
        except (ValidationError, *GARBLED):
            self.add_error("credential", _wrong())
        values: dict[str, Any] = self.cleaned_data
        return values


class ReadsPasskey:
    """What a browser answers for a passkey."""

    def clean_credential(self) -> Authenticator:
        """Return whose passkey it is."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except GARBLED:
            raise _wrong() from None


class PasskeyForm(ReadsPasskey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as second factor while logging in."""


class PasskeyAgainForm(ReadsPasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey of somebody who is logged in."""


class PasskeyLoginForm(ReadsPasskey, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a mailed code."""


def _count_try(user: AbstractBaseUser) -> None:
    if not ratelimit.consume(context.request, action="second_factor", key=user_id_to_str(user)):
        raise ValidationError(_("Too many tries: wait five minutes, then try again. There are twenty a day."))


def _spend(user: AbstractBaseUser, code: str) -> None:
    if not use_code_once(user_id=user.pk, code=code, now=now()):
        raise _wrong()


def _wrong() -> ValidationError:
    error: ValidationError = get_adapter().validation_error("incorrect_code")
    return error
