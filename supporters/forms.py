"""Fields by which people say who they are; they return what the rules read, or a sentence on what to change."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from supporters.enums import MAIL_PURPOSES, Purpose, RidingSource
from supporters.queries.places import NOWHERE, CodePlace, place_of_code
from supporters.rules import email, person_name, phone
from supporters.rules.email import Address
from supporters.services import Correction

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
            return person_name.read_name(_readable(value))
        except person_name.BadName as error:
            raise ValidationError(NAME_SENTENCES[error.reason]) from error


class AddressField(forms.CharField):
    """An e-mail address; returns `Address`."""

    widget = forms.EmailInput

    def clean(self, value: Any) -> Address:  # noqa: ANN401
        """Return the address; raise ValidationError with a sentence."""
        try:
            return email.read_address(_readable(value))
        except email.BadAddress as error:
            raise ValidationError(EMAIL_SENTENCES[error.reason]) from error


class PhoneField(forms.CharField):
    """A telephone number as E.164; empty if it is optional and nothing was typed."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """Return the number; raise ValidationError with a sentence."""
        try:
            return phone.read_phone(_readable(value))
        except phone.BadPhone as error:
            if error.reason == phone.Reason.MISSING and not self.required:
                return ""
            raise ValidationError(PHONE_SENTENCES[error.reason]) from error


def _readable(value: object) -> str:
    text = str(value or "")
    if REPLACEMENT in text:
        raise ValidationError(UNREADABLE)
    return text


class UnsubscribeForm(forms.Form):
    """What somebody wants no more; a mail program that unsubscribes by itself means all mails.

    Source: RFC 8058 (2017) section 3.1: the body is `List-Unsubscribe=One-Click`.
    """

    purpose = forms.MultipleChoiceField(choices=Purpose.choices, required=False)

    def clean(self) -> None:
        """Gather the purposes; refuse a form in which nothing is ticked."""
        is_one_click = self.data.get("List-Unsubscribe") == "One-Click"
        purposes = MAIL_PURPOSES if is_one_click else frozenset(self.cleaned_data.get("purpose", ()))
        if not purposes and not self.errors:
            raise ValidationError(_("Tick at least one box, or close this page to keep everything as it is."))
        self.cleaned_data["purposes"] = purposes


class AskForm(forms.Form):
    """Whose data are asked for."""

    email = AddressField(label=_("Your e-mail"))


class CorrectionForm(forms.Form):
    """What somebody corrects about themselves; only what stands here is read."""

    name = PersonNameField(label=_("Your name"))
    postal_code = forms.CharField(label=_("Your postal code"), required=False)
    riding = forms.IntegerField(label=_("Your riding"), required=False)
    language = forms.ChoiceField(
        label=_("Language of our mails"), choices=[("en", "English"), ("fr", "Français")]
    )
    phone = PhoneField(label=_("Your phone number"), required=False)

    place: CodePlace = NOWHERE

    def clean_postal_code(self) -> str:
        """Return the packed code; where it reaches into several ridings, one has to be chosen."""
        typed = self.cleaned_data["postal_code"]
        if not typed.strip():
            return ""
        place = place_of_code(_readable(typed))
        if place is None:
            raise ValidationError(
                _("We cannot read this as a Canadian postal code, which looks like K1A 0B1.")
            )
        self.place = place
        return place.code

    def clean(self) -> None:
        """Ask for the riding where the postal code alone does not tell it."""
        numbers = [number for number, _name in self.place.ridings]
        if len(numbers) > 1 and self.cleaned_data.get("riding") not in numbers:
            self.add_error("riding", _("Your postal code reaches into several ridings: choose yours."))

    def correction(self) -> Correction:
        """Return what was typed; only after `is_valid()`."""
        values = self.cleaned_data
        numbers = [number for number, _name in self.place.ridings]
        is_chosen = len(numbers) > 1
        source = RidingSource.CHOSEN if is_chosen else RidingSource.POSTAL_CODE
        number = values["riding"] if is_chosen else next(iter(numbers), None)
        return Correction(
            name=values["name"],
            postal_code=values["postal_code"],
            riding_number=number,
            riding_source=source if number else RidingSource.UNKNOWN,
            language=values["language"],
            phone=values["phone"],
        )


class ConsentsForm(forms.Form):
    """The boxes that shall be ticked: ids of the words beside them."""

    wording = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, wordings: Iterable[int], **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer the words now in use."""
        super().__init__(*args, **kwargs)
        self.fields["wording"].choices = [(number, number) for number in wordings]  # type: ignore[attr-defined]
