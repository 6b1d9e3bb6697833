"""Forms of organizers about gifts: what came by cheque or transfer, refunds, rejections."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polls.enums import Leftover, OfflineMethod, RefundReason
from polls.forms.fields import (
    AmountField,
    FullPostalCodeField,
    city_field,
    province_field,
    street_field,
)
from polls.models import PollProject
from polls.rules.project_states import TAKES_GIFTS
from polls.services.giving import Gift, Giver
from supporters.forms.fields import AddressField, PersonNameField
from supporters.rules.email import Address


class OptionalAddressField(AddressField):
    """An e-mail address, or None where nothing was typed: a cheque may come without one."""

    def clean(self, value: Any) -> Address | None:  # type: ignore[override]  # noqa: ANN401 — whatever a form sends
        """Return the address; raise ValidationError with a sentence."""
        return super().clean(value) if str(value or "").strip() else None


class OfflineGiftForm(forms.Form):
    """A cheque or transfer that came; cash is never taken."""

    method = forms.ChoiceField(label=_("Came as"), choices=OfflineMethod.choices)
    reference = forms.CharField(
        label=_("Number of the cheque or transfer"),
        max_length=60,
        error_messages={"required": _("Write it down.")},
    )
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}))
    amount = AmountField(label=_("Amount, in dollars"), is_large=True)
    project = forms.ModelChoiceField(
        label=_("For the poll of"),
        queryset=PollProject.objects.none(),
        required=False,
        empty_label=_("the general poll fund"),
    )
    leftover = forms.ChoiceField(
        label=_("If the goal is missed or passed"), choices=Leftover.choices, initial=Leftover.GENERAL
    )
    name = PersonNameField(label=_("Name"))
    email = OptionalAddressField(label=_("E-mail (for the receipt)"), required=False)
    street = street_field()
    city = city_field()
    province = province_field()
    postal_code = FullPostalCodeField(label=_("Postal code"))
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("fr", _("French"))])
    declaration = forms.CharField(
        label=_("Declaration, as it was written"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_(
            "That the giver is a citizen or permanent resident and gives their own money: word for word."
        ),
        error_messages={"required": _("Without a declaration the gift goes back.")},
    )
    shows_name = forms.BooleanField(label=_("Wants to be named in public"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer the projects that take gifts."""
        super().__init__(*args, **kwargs)
        open_now = PollProject.objects.filter(state__in=TAKES_GIFTS).select_related("riding").order_by("pk")
        field: Any = self.fields["project"]
        field.queryset = open_now
        field.label_from_instance = lambda row: f"{row.riding.name} (no. {row.pk})"

    def clean_received_on(self) -> date:
        """Return the day; nothing was received tomorrow."""
        day: date = self.cleaned_data["received_on"]
        if day > date.today():  # noqa: DTZ011 — the day on the organizer's desk
            raise forms.ValidationError(_("That day is yet to come."))
        return day

    def gift(self) -> Gift:
        """Return what the form says; only after `is_valid()`."""
        values = self.cleaned_data
        giver = Giver(
            name=values["name"],
            email=values["email"],
            street=values["street"],
            city=values["city"],
            province=values["province"],
            postal_code=values["postal_code"],
            language=values["language"],
            declaration=values["declaration"],
        )
        return Gift(
            giver=giver,
            amount_cents=values["amount"],
            project=values["project"],
            leftover=values["leftover"],
            is_anonymous=not values["shows_name"],
        )


class RejectForm(forms.Form):
    """Why what was entered is no gift."""

    reason = forms.CharField(label=_("Why"), max_length=80)


class RefundForm(forms.Form):
    """How much goes back, and why."""

    amount = AmountField(
        label=_("Amount, in dollars"), required=False, help_text=_("Empty: all that is left."), is_large=True
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            (reason.value, reason.label)
            for reason in (RefundReason.REQUEST, RefundReason.NOT_ALLOWED, RefundReason.MISTAKE)
        ],
    )
