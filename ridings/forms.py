"""Input of the public pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from ridings.enums import Province, RidingClass
from ridings.models import Riding
from ridings.queries import MapFilter, SearchPlace
from ridings.queries.codes import ridings_of_code
from ridings.rules.postal_code import read_postal_code
from supporters.enums import RidingSource
from supporters.forms import WaryForm
from supporters.services import Details

MAX_QUERY_LENGTH = 120
NO_POSTAL_CODE = _(
    "We cannot read this as a Canadian postal code, which looks like K1A 0B1. Correct it, or tick the box below it."
)


class FindForm(forms.Form):
    """What a person tells us to find their riding: words or a postal code, or a point."""

    q = forms.CharField(
        label=_("Postal code, place or riding"),
        required=False,
        max_length=MAX_QUERY_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)

    def clean_q(self) -> str:
        """Return the words with single spaces and without control characters."""
        printable = "".join(char if char.isprintable() else " " for char in self.cleaned_data["q"])
        return " ".join(printable.split())

    def clean(self) -> None:
        """Refuse an empty question and half a point."""
        values = self.cleaned_data
        has_point = values.get("lat") is not None and values.get("lon") is not None
        if not self.errors and not values.get("q") and not has_point:
            raise forms.ValidationError(_("Type a postal code, the name of a place or of a riding."))

    def place(self) -> SearchPlace:
        """Return the question as a value; only after `is_valid()`."""
        values = self.cleaned_data
        return SearchPlace(query=values["q"], latitude=values["lat"], longitude=values["lon"])


class MapFilterForm(forms.Form):
    """Which ridings the table shows."""

    province = forms.ChoiceField(
        label=_("Province or territory"),
        required=False,
        choices=[("", _("All of Canada")), *Province.choices],
    )
    riding_class = forms.ChoiceField(
        label=_("Class"), required=False, choices=[("", _("All classes")), *RidingClass.choices]
    )

    def map_filter(self) -> MapFilter:
        """Return the filter; a value that is not on the list filters nothing."""
        values = self.cleaned_data if self.is_valid() else {}
        return MapFilter(province=values.get("province", ""), riding_class=values.get("riding_class", ""))


class RidingForm(forms.Form):
    """Which of the ridings of their postal code somebody lives in; they need not know."""

    riding = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, ridings: Sequence[Riding], **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer these ridings."""
        super().__init__(*args, **kwargs)
        self.fields["riding"].choices = [("", ""), *((riding.number, riding.name) for riding in ridings)]  # type: ignore[attr-defined]

    @property
    def number(self) -> int | None:
        """FED number of the riding they chose; None if they do not know."""
        return self.cleaned_data["riding"] if self.is_valid() else None


class ResidentForm(WaryForm):
    """A public form that asks where somebody lives; the postal code tells the riding."""

    no_postal_code = forms.BooleanField(label=_("Go on without a postal code"), required=False)
    postal_code = forms.CharField(label=_("Your postal code"), required=False)

    def clean_postal_code(self) -> str:
        """Return the packed code with slips of the pen mended; empty only where the person said so."""
        typed = read_postal_code(self.cleaned_data["postal_code"])
        code = (typed.code or typed.hint) if typed else None
        if code is None and not self.cleaned_data.get("no_postal_code"):
            raise ValidationError(NO_POSTAL_CODE)
        return code or ""

    @property
    def offers_no_postal_code(self) -> bool:
        """Whether to show the box for going on without a postal code: once none could be read."""
        return self.is_bound and ("postal_code" in self.errors or bool(self["no_postal_code"].value()))

    def details(self) -> Details:
        """Return what the form says about the person; only after `is_valid()`."""
        return resident_details(self.cleaned_data)


def resident_details(values: Mapping[str, Any]) -> Details:
    """Return what a form's cleaned values say about a person; the riding only where the postal code alone tells it."""
    ridings = ridings_of_code(values["postal_code"])
    is_known = len(ridings) == 1
    return Details(
        name=values.get("name", ""),
        address=values["email"],
        postal_code=values["postal_code"],
        riding_number=ridings[0].number if is_known else None,
        riding_source=RidingSource.POSTAL_CODE if is_known else RidingSource.UNKNOWN,
        language=active_language(),
        phone=values.get("phone", ""),
    )
