"""Forms of the law of money: a bill that is paid, a report for a period."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from polls.enums import Account, SpendingCategory
from polls.models import PollProject
from polls.rules.disclosure import Period
from polls.services.expenses import Expense

PAID_FROM = [(Account.BANK.value, Account.BANK.label), (Account.PROVIDER.value, Account.PROVIDER.label)]


class ExpenseForm(forms.Form):
    """A bill; `expense` is it once the form is valid. Sent twice it is one: `token` is the form's own."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    project = forms.ModelChoiceField(
        PollProject.objects.none(), label=_("Poll project"), help_text=_("Projects that money came for.")
    )
    dollars = forms.DecimalField(
        label=_("Amount ($)"), min_value=0, max_digits=9, decimal_places=2, help_text=_("Taxes included.")
    )
    category = forms.ChoiceField(
        label=_("Category of spending"),
        choices=SpendingCategory.choices,
        initial=SpendingCategory.ELECTION_SURVEY,
    )
    paid_from = forms.ChoiceField(label=_("Paid from"), choices=PAID_FROM, initial=Account.BANK)
    memo = forms.CharField(
        label=_("What was paid"), max_length=300, help_text=_("Firm, number and day of the bill.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the projects that money came for."""
        super().__init__(*args, **kwargs)
        funded = PollProject.objects.annotate(booked=Sum("ledger_lines__amount_cents"))
        field = self.fields["project"]
        field.queryset = funded.filter(booked__isnull=False).select_related("riding").order_by("-pk")  # type: ignore[attr-defined]
        field.label_from_instance = _project_label  # type: ignore[attr-defined]

    @property
    def expense(self) -> Expense:
        """The bill."""
        values = self.cleaned_data
        return Expense(
            key=str(values["token"]),
            project=values["project"],
            amount_cents=int(values["dollars"] * 100),
            category=SpendingCategory(values["category"]),
            paid_from=Account(values["paid_from"]),
            memo=values["memo"],
        )


class ReverseForm(forms.Form):
    """Why a bill is booked back."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class DisclosureForm(forms.Form):
    """Which days a report speaks of; `period` is them once the form is valid."""

    begins_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(
        label=_("Language of the file"), choices=[("en", "English"), ("fr", "Français")]
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days out of order."""
        values: dict[str, Any] = super().clean() or {}
        begins_on, ends_on = values.get("begins_on"), values.get("ends_on")
        if begins_on and ends_on and ends_on < begins_on:
            raise ValidationError({"ends_on": _("The last day comes before the first.")})
        return values

    @property
    def period(self) -> Period:
        """The days, both included."""
        return Period(self.cleaned_data["begins_on"], self.cleaned_data["ends_on"])


def _project_label(project: PollProject) -> str:
    return f"{project.pk}: {project.riding.number} {project.riding.name} ({project.pollster})"
