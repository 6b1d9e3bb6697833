"""Fields by which people say who they are; they return what the rules read, or a sentence on what to change."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from supporters.rules import email, person_name, phone
from supporters.rules.email import Address

Sentences = dict[str, StrPromise]

NAME_SENTENCES: Sentences = {
    person_name.Reason.MISSING: _("Write your name, with at least one letter."),
    person_name.Reason.CONTROL: _("Your name holds characters that cannot be shown: type it anew."),
    person_name.Reason.TOO_LONG: _("A name has 100 characters at most."),
    person_name.Reason.LINK: _("A name holds no web address and no @: write your name only."),
}
EMAIL_SENTENCES: Sentences = {
    email.Reason.MISSING: _("Write your e-mail address."),
    email.Reason.CONTROL: _("Your e-mail address holds characters that cannot be shown: type it anew."),
    email.Reason.TOO_LONG: _(
        "An e-mail address has 254 characters at most, and 64 of them before the @ sign."
    ),
    email.Reason.AT_SIGN: _("An e-mail address has one @ sign, as in name@example.org."),
    email.Reason.LOCAL_PART: _("What stands before the @ sign is no e-mail address: check it."),
    email.Reason.NOT_ASCII: _(
        "Most mail servers cannot deliver to accents or other letters before the @ sign: write another address."
    ),
    email.Reason.DOMAIN: _("What stands after the @ sign is not complete, as in name@example.org: check it."),
}
PHONE_SENTENCES: Sentences = {
    phone.Reason.MISSING: _("Write your phone number."),
    phone.Reason.INVALID: _("This is no phone number: write it with its area code, as in 613 555 0123."),
    phone.Reason.EXTENSION: _("We cannot dial extensions: write a direct number."),
    phone.Reason.FOREIGN: _("We can only call numbers in Canada and the United States."),
    phone.Reason.TOLL_FREE: _("This is the toll-free number of an organization: write your own."),
    phone.Reason.PREMIUM: _("We do not call numbers that cost extra: write another one."),
}
UNREADABLE = _("Some of it arrived garbled: type it anew.")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class PersonNameField(forms.CharField):
    """A name in any script; returns it tidied."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 — whatever a form sends
        """Return the name; raise ValidationError with a sentence."""
        try:
            return person_name.read_name(readable(value))
        except person_name.BadName as error:
            raise ValidationError(NAME_SENTENCES[error.reason]) from error


class AddressField(forms.CharField):
    """An e-mail address; returns `Address`."""

    widget = forms.EmailInput

    def clean(self, value: Any) -> Address:  # noqa: ANN401
        """Return the address; raise ValidationError with a sentence."""
        try:
            return email.read_address(readable(value))
        except email.BadAddress as error:
            raise ValidationError(EMAIL_SENTENCES[error.reason]) from error


class PhoneField(forms.CharField):
    """A telephone number as E.164; empty if it is optional and nothing was typed. An organization's may be toll-free."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def __init__(self, *, of_organization: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 — a field's own
        """Take a person's number, or an organization's."""
        super().__init__(**kwargs)
        self.of_organization = of_organization

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """Return the number; raise ValidationError with a sentence."""
        try:
            return phone.read_phone(readable(value), of_organization=self.of_organization)
        except phone.BadPhone as error:
            if error.reason == phone.Reason.MISSING and not self.required:
                return ""
            raise ValidationError(PHONE_SENTENCES[error.reason]) from error


def readable(value: object) -> str:
    """Return what was typed; raise ValidationError if it arrived garbled."""
    text = str(value or "")
    if REPLACEMENT in text:
        raise ValidationError(UNREADABLE)
    return text
