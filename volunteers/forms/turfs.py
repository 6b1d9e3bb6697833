"""What leaders say about turfs: how large, where, whose, for how long."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from shapely import Polygon

from supporters.models import User
from volunteers.forms.fields import TextField
from volunteers.models.canvass import TURF_NAME_LENGTH
from volunteers.rules.checkouts import DAYS, MOST_DAYS, SHEET_CODE
from volunteers.rules.outlines import LONGEST_TEXT, BadOutline, read_outline
from volunteers.rules.turf_cutting import LEAST_SIZE, MOST_SIZE

SIZE = 50


class SizeForm(forms.Form):
    """How many doors a turf should have."""

    size = forms.IntegerField(
        label=_("Doors in a turf, about"), min_value=LEAST_SIZE, max_value=MOST_SIZE, initial=SIZE
    )


class CutForm(SizeForm):
    """What was shown, and whether members may take these turfs."""

    fingerprint = TextField(max_length=64)
    is_open = forms.BooleanField(label=_("Members may take these turfs by themselves"), required=False)


class OutlineField(forms.CharField):
    """A drawn outline as GeoJSON."""

    def clean(self, value: Any) -> Polygon:  # noqa: ANN401 — whatever a form sends
        """Return the outline, or say what is wrong with it."""
        try:
            return read_outline(str(value or "")[: LONGEST_TEXT + 1])
        except BadOutline as error:
            raise ValidationError(error.fault.label) from error


class OutlineForm(forms.Form):
    """Another outline of a turf."""

    outline = OutlineField(label=_("Outline"), required=False)


class DrawForm(OutlineForm):
    """A turf drawn on the map."""

    name = TextField(label=_("Name (may stay empty)"), max_length=TURF_NAME_LENGTH, required=False)
    is_open = forms.BooleanField(label=_("Members may take this turf by themselves"), required=False)
    field_order = ["name", "outline", "is_open"]


class DescribeForm(forms.Form):
    """Name of a turf, and whether members may take it."""

    name = TextField(label=_("Name"), max_length=TURF_NAME_LENGTH)
    is_open = forms.BooleanField(label=_("Members may take this turf by themselves"), required=False)


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own is generic at check time only
    """Somebody of the team, by name."""

    def label_from_instance(self, obj: User) -> str:
        """Return the name, else the address."""
        return obj.name or obj.email


class GiveForm(forms.Form):
    """To whom a turf is given, and for how long."""

    holder = MemberField(label=_("Canvasser"), queryset=User.objects.none(), empty_label=_("Choose…"))
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=MOST_DAYS, initial=DAYS)

    def __init__(self, *args: Any, members: QuerySet[User], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = members  # type: ignore[attr-defined]  # a MemberField


class SheetForm(forms.Form):
    """The code of a sheet to be printed; made with the button, so that pressed twice it is one sheet."""

    code = forms.RegexField(regex=SHEET_CODE)


class MergeForm(forms.Form):
    """Turfs that become one."""

    turfs = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, choices: list[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["turfs"].choices = [(pk, pk) for pk in choices]  # type: ignore[attr-defined]  # of choices
