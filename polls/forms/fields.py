"""What forms about money share: amounts, and who the giver is."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from campaign.models import active_language
from polls.rules import amounts
from polls.rules.amounts import BadAmount, read_amount, write_amount
from ridings.enums import Province
from ridings.rules.postal_code import FSA_LENGTH, read_postal_code
from supporters.forms.fields import readable

AMOUNT_SENTENCES: dict[str, StrPromise] = {
    amounts.Reason.MISSING: _("Write how much you give."),
    amounts.Reason.UNREADABLE: _("Write an amount in dollars, such as 25 or 12.50."),
    amounts.Reason.TOO_SMALL: _("The least we can take is %(amount)s: less would be eaten up by the fees."),
    amounts.Reason.TOO_LARGE: _("Here one gives %(amount)s at most: write to us for a larger gift."),
}
LINE_BREAKS = "\n\r\t"
# Ten million dollars: what a column holds, and more than any poll costs.
LARGEST_CENTS = 1_000_000_000


class AmountField(forms.CharField):
    """An amount in dollars; returns cents, exactly, or None where it is optional and empty.

    `is_large`: as organizers type it, from a cent on and without the limit of the public form.
    """

    def __init__(self, *, is_large: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 — a field's own
        """Take a giver's amount, or an organizer's."""
        super().__init__(**kwargs)
        self.is_large = is_large

    def clean(self, value: Any) -> int | None:  # noqa: ANN401 — whatever a form sends
        """Return the cents; raise ValidationError with a sentence."""
        if not self.required and not str(value or "").strip():
            return None
        least, most = settings.GIFT_LEAST_DOLLARS * 100, settings.GIFT_MOST_DOLLARS * 100
        if self.is_large:
            least, most = 1, LARGEST_CENTS
        try:
            return read_amount(readable(value), least_cents=least, most_cents=most)
        except BadAmount as error:
            limit = least if error.reason == amounts.Reason.TOO_SMALL else most
            words = {"amount": write_amount(limit, active_language())}
            raise ValidationError(AMOUNT_SENTENCES[error.reason], params=words) from error


class LineField(forms.CharField):
    """A line of an address, tidied; refuses what cannot be shown."""

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """Return the line; raise ValidationError with a sentence."""
        text = readable(value)
        if any(not char.isprintable() and char not in LINE_BREAKS for char in text):
            raise ValidationError(_("Some of it arrived garbled: type it anew."))
        tidied: str = super().clean(" ".join(text.split()))
        return tidied


class FullPostalCodeField(forms.CharField):
    """A postal code of six characters; returns it packed."""

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """Return the code; raise ValidationError with a sentence."""
        typed = read_postal_code(readable(value))
        if typed is None or typed.code is None or len(typed.code) == FSA_LENGTH:
            raise ValidationError(_("Write the whole postal code of your address, such as K1A 0B1."))
        return typed.code


def street_field() -> LineField:
    """Return the field for street and number."""
    return LineField(
        label=_("Street and number"),
        max_length=150,
        error_messages={"required": _("Write street and number: the law wants to know who gives.")},
    )


def city_field() -> LineField:
    """Return the field for the city."""
    return LineField(
        label=_("City"), max_length=100, error_messages={"required": _("Write the city you live in.")}
    )


def province_field() -> forms.ChoiceField:
    """Return the field for the province."""
    sentence = _("Choose your province or territory.")
    return forms.ChoiceField(
        label=_("Province or territory"),
        choices=[("", _("Choose")), *Province.choices],
        error_messages={"required": sentence, "invalid_choice": sentence},
    )
