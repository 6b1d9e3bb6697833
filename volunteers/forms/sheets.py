"""Keying in a printed sheet: its code, then its lines."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.clock import now
from supporters.forms.fields import readable
from volunteers.enums import Outcome
from volunteers.queries.door_sheets import SheetRow
from volunteers.queries.walks import ALL_OUTCOMES, outcome_label

_BETWEEN = re.compile(r"[\s\-–_.]+")
_CODE = re.compile(r"[A-Z0-9]{3,12}")
LONGEST_AGO = dt.timedelta(days=120)


class CodeForm(forms.Form):
    """The code at the top of a sheet."""

    code = forms.CharField(label=_("Sheet code"), max_length=30)

    def clean_code(self) -> str:
        """Return the code as it is kept."""
        code = _BETWEEN.sub("", readable(self.cleaned_data["code"])).upper()
        if not _CODE.fullmatch(code):
            raise ValidationError(
                _("A sheet code has 3 to 12 letters and digits; it stands at the top of the sheet.")
            )
        return code


class SheetLinesForm(forms.Form):
    """What stands on each line; an empty line was not visited."""

    visited_on = forms.DateField(
        label=_("Day of the visits"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, rows: tuple[SheetRow, ...], **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((outcome.value, outcome_label(outcome)) for outcome in ALL_OUTCOMES)]
        self.rows = [row for row in rows if row.door_id]
        for row in self.rows:
            self.fields[f"line-{row.number}"] = forms.ChoiceField(
                label=f"{row.number}. {row.line}", choices=choices, required=False, initial=row.outcome
            )
            self.fields[f"replace-{row.number}"] = forms.BooleanField(
                label=_("Replace what was keyed in"), required=False
            )

    @property
    def lines(self) -> list[tuple[SheetRow, forms.BoundField, forms.BoundField]]:
        """Return each line with its fields."""
        return [(row, self[f"line-{row.number}"], self[f"replace-{row.number}"]) for row in self.rows]

    def clean_visited_on(self) -> dt.date:
        """Return a day that has been."""
        day: dt.date = self.cleaned_data["visited_on"]
        today = now().date()
        if not today - LONGEST_AGO <= day <= today:
            raise ValidationError(_("Write a day that has been, as in 2026-11-23."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for one line at least."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not self.outcomes():
            raise ValidationError(_("No line is filled in."))
        return values

    def outcomes(self) -> dict[int, Outcome]:
        """Return what each filled line says."""
        given = ((row.number, self.cleaned_data.get(f"line-{row.number}")) for row in self.rows)
        return {number: Outcome(outcome) for number, outcome in given if outcome}

    def replacing(self) -> frozenset[int]:
        """Return the lines whose earlier entry is to be corrected."""
        return frozenset(row.number for row in self.rows if self.cleaned_data.get(f"replace-{row.number}"))

    def visited_at(self) -> dt.datetime:
        """Return a moment of that day: the sheet knows no hours."""
        return dt.datetime.combine(self.cleaned_data["visited_on"], dt.time(22), tzinfo=dt.UTC)
