"""Forms of the organizers' pages; whatever cannot be is refused here, in words."""

from dataclasses import MISSING, fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.queries import parties_by_code
from coop4canada.kit.admin import CheckedForm
from coop4canada.kit.clock import now
from ridings.enums import Method
from ridings.models import ClassOverride, Preset
from ridings.rules.averages_table import AverageRow, read_averages
from ridings.rules.parameters import MOST_DAYS, MOST_RUNS, PARAMETERS_BY_METHOD, BadParameters

MAX_UPLOAD_BYTES = 1_000_000

PARAMETER_HELP = {
    "target_lead_below": _(
        "Swing if the target party won by less than this with a cooperating party second."
    ),
    "partner_lead_below": _(
        "Swing if a cooperating party won by less than this with the target party second."
    ),
    "drop_at_least": _("Emerging if projections show the target party down by this share or more …"),
    "projected_lead_below": _("… and its projected lead is below this."),
    "open_seat_penalty": _("Share that a party loses where its member does not run again."),
    "riding_spread": _(
        "How far a party’s share usually lies from the regional swing (one standard deviation)."
    ),
    "local_poll_error": _(
        "How far a local poll usually misses a party’s share, beyond what its sample explains."
    ),
    "local_poll_half_life": _("After so many days a local poll counts half."),
    "swing_leverage": _("Swing if cooperation lowers the target party’s chance by this much or more."),
    "emerging_leverage": _("Emerging if cooperation lowers the target party’s chance by this much or more."),
    "scenario_shift": _("Emerging also if that holds after the polls move by this much."),
    "spread": _("How far a riding’s margin usually lies from its projection (one standard deviation)."),
    "moved_part": _("Part of the other partners’ voters that cooperation moves."),
    "damping_move": _("A class changes at once if the leverage moved by more than this …"),
    "damping_runs": _("… otherwise once it held for so many runs."),
}


def parameter_names(method: str) -> list[str]:
    """Return the names of a method's parameters, in their order."""
    return [field.name for field in fields(PARAMETERS_BY_METHOD[method])]


class PresetForm(forms.ModelForm[Preset]):
    """A preset; `of_method` adds one typed field for each parameter."""

    class Meta:
        model = Preset
        fields = ["method", "is_active"]

    @classmethod
    def of_method(cls, method: str) -> type["PresetForm"]:
        """Return the form with the parameters of a method as fields."""
        extra = {field.name: _parameter_field(field) for field in fields(PARAMETERS_BY_METHOD[method])}
        return type("MethodPresetForm", (cls,), extra)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, value in (self.instance.parameters or {}).items():
            if name in self.fields:
                self.fields[name].initial = value

    def _get_validation_exclusions(self) -> set[str]:
        # Another active preset is no error here: saving this one as active rests it.
        return {*super()._get_validation_exclusions(), "is_active"}  # type: ignore[misc]

    def clean_is_active(self) -> bool:
        """Refuse to rest the only active preset: the map always has a rule."""
        active: bool = self.cleaned_data["is_active"]
        if not active and self.instance.pk and self.initial.get("is_active"):
            raise ValidationError(
                _("The map needs a rule: activate another preset instead, and this one rests.")
            )
        return active

    def clean(self) -> dict[str, Any]:
        """Check the parameters together, by the rule's own check."""
        values: dict[str, Any] = super().clean() or {}
        method = self.instance.method or values.get("method") or Method.PIVOTAL
        names = [name for name in parameter_names(method) if name in self.fields]
        if not self.errors and names:
            self.instance.parameters = {name: values[name] for name in names}
            self._check_together(method)
        return values

    def _check_together(self, method: str) -> None:
        try:
            PARAMETERS_BY_METHOD[method].from_mapping(self.instance.parameters)
        except BadParameters as error:
            if self.instance.parameters.get("emerging_leverage", 0) > self.instance.parameters.get(
                "swing_leverage", 1
            ):
                raise ValidationError(
                    {"emerging_leverage": _("This must not be above the leverage of swing ridings.")}
                ) from error
            # The rule's sentence begins with the name of what is wrong.
            raise ValidationError({str(error).split(maxsplit=1)[0]: _("This must be above 0.")}) from error


def _parameter_field(field: Any) -> forms.Field:  # noqa: ANN401 — a dataclass field
    initial = None if field.default is MISSING else field.default
    help_text = PARAMETER_HELP[field.name]
    if isinstance(initial, int):
        most = MOST_RUNS if field.name == "damping_runs" else MOST_DAYS
        return forms.IntegerField(min_value=1, max_value=most, initial=initial, help_text=help_text)
    return forms.FloatField(min_value=0, max_value=1, initial=initial, help_text=help_text)


class OverrideForm(CheckedForm):
    """A decision against the numbers: it must end some day."""

    class Meta:
        model = ClassOverride
        fields = ["riding", "riding_class", "reason_en", "reason_fr", "expires_at"]

    def clean_expires_at(self) -> Any:  # noqa: ANN401 — a datetime
        """Refuse an end in the past."""
        expires_at = self.cleaned_data["expires_at"]
        if expires_at <= now():
            raise ValidationError(_("This moment has passed: choose one in the future."))
        return expires_at


class AveragesForm(forms.Form):
    """A CSV table of polling averages, pasted or uploaded; `averages` holds the rows once it is valid."""

    text = forms.CharField(
        label=_("Table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80, "spellcheck": "false"}),
        help_text=_("Header: region,party,as_of,share,source. Shares between 0 and 1, dates as 2026-11-23."),
    )
    file = forms.FileField(label=_("or a CSV file"), required=False)

    averages: list[AverageRow]

    def clean(self) -> None:
        """Read the table; name every row that is wrong."""
        text = self.cleaned_data.get("text", "").strip() or self._uploaded()
        if not text:
            raise ValidationError(_("Paste a table or choose a file."))
        self.averages, problems = read_averages(text, parties_by_code())
        if problems:
            raise ValidationError(problems)

    def _uploaded(self) -> str:
        upload = self.cleaned_data.get("file")
        if upload is None:
            return ""
        if upload.size > MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is larger than 1 MB: that is not a table of averages."))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError(_("The file is not UTF-8 text: save it as “CSV UTF-8”.")) from None
