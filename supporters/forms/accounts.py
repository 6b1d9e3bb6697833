"""Opening an account, asking for a code, typing it."""

from allauth.account.forms import ConfirmLoginCodeForm, ReauthenticateForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from supporters.adapters import may_log_in_by_code
from supporters.forms.fields import AddressField, PhoneField
from supporters.forms.own import HomeForm
from supporters.forms.public import WaryForm
from supporters.queries.roles import account_at
from supporters.services import Details

LONGEST_CODE = 40
LONGEST_PASSWORD = 200


class AskCodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # the library has no types
    """Whose mailbox the code goes to."""

    email = AddressField(label=_("Your e-mail"))

    def clean_email(self) -> str:
        """Count the asking, and find whose it is; the page is told neither.

        The mail goes to the address as the account has it, so that capitals typed here lead to no other mailbox.
        """
        self.cleaned_data["email"] = self.cleaned_data["email"].typed
        typed: str = super().clean_email()
        account = account_at(typed)
        self._user = account if account and may_log_in_by_code(account) else None
        return self._user.email if self._user else typed


class SignUpForm(HomeForm, WaryForm):
    """Who wants an account; only what stands here is read."""

    postal_code = forms.CharField(
        label=_("Your postal code"), error_messages={"required": _("Tell us where you live.")}
    )
    phone = PhoneField(label=_("Your phone number, if we may call"), required=False)

    def details(self) -> Details:
        """Return what the form says about the person; only after `is_valid()`."""
        values = self.cleaned_data
        number, source = self.home()
        return Details(
            name=values["name"],
            address=values["email"],
            postal_code=values["postal_code"],
            riding_number=number,
            riding_source=source,
            language=active_language(),
            phone=values["phone"],
        )


class EnterCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code out of the mail."""

    code = forms.CharField(label=_("Code"), max_length=LONGEST_CODE)

    def clean_code(self) -> str:
        """Compare the code; tries are counted for the address, whatever browser they come from."""
        request = context.request
        email = request._login_stage.state["email"]  # noqa: SLF001 — allauth hands it over like this
        if not ratelimit.consume(request, action="login_code", key=email.lower()):
            raise ValidationError(
                _("So many codes were typed for this address that none is good now. Try again in an hour.")
            )
        code: str = super().clean_code()
        return code


class PasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The password of somebody who is logged in."""

    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, max_length=LONGEST_PASSWORD)
