"""Input of the public pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ridings.enums import Province, RidingClass
from ridings.models import Riding
from ridings.queries import MapFilter, SearchPlace

MAX_QUERY_LENGTH = 120


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
