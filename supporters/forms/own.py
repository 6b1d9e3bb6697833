"""What people say about what we keep of them: mails they want no more, corrections, consents."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from supporters.enums import MAIL_PURPOSES, Purpose, RidingSource
from supporters.forms.fields import AddressField, PersonNameField, PhoneField, readable
from supporters.queries.places import NOWHERE, CodePlace, place_of_code
from supporters.services import Correction


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


class HomeForm(forms.Form):
    """Where somebody lives: the postal code tells the riding, or the ridings to choose from."""

    postal_code = forms.CharField(label=_("Your postal code"), required=False)
    riding = forms.IntegerField(label=_("Your riding"), required=False)

    place: CodePlace = NOWHERE

    def clean_postal_code(self) -> str:
        """Return the packed code; where it reaches into several ridings, one has to be chosen."""
        typed = self.cleaned_data["postal_code"]
        if not typed.strip():
            return ""
        place = place_of_code(readable(typed))
        if place is None:
            raise ValidationError(
                _("We cannot read this as a Canadian postal code, which looks like K1A 0B1.")
            )
        self.place = place
        return place.code

    def clean(self) -> None:
        """Ask for the riding where the postal code alone does not tell it."""
        super().clean()
        numbers = [number for number, _name in self.place.ridings]
        if len(numbers) > 1 and self.cleaned_data.get("riding") not in numbers:
            self.add_error("riding", _("Your postal code reaches into several ridings: choose yours."))

    def home(self) -> tuple[int | None, RidingSource]:
        """Return the FED number of the riding, and how it is known; only after `is_valid()`."""
        numbers = [number for number, _name in self.place.ridings]
        is_chosen = len(numbers) > 1
        number = self.cleaned_data["riding"] if is_chosen else next(iter(numbers), None)
        source = RidingSource.CHOSEN if is_chosen else RidingSource.POSTAL_CODE
        return number, source if number else RidingSource.UNKNOWN


class CorrectionForm(HomeForm):
    """What somebody corrects about themselves; only what stands here is read."""

    name = PersonNameField(label=_("Your name"))
    language = forms.ChoiceField(
        label=_("Language of our mails"), choices=[("en", "English"), ("fr", "Français")]
    )
    phone = PhoneField(label=_("Your phone number"), required=False)

    def correction(self) -> Correction:
        """Return what was typed; only after `is_valid()`."""
        values = self.cleaned_data
        number, source = self.home()
        return Correction(
            name=values["name"],
            postal_code=values["postal_code"],
            riding_number=number,
            riding_source=source,
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
