"""Fields of the chapters' forms: text that arrived whole, days that make sense."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.rules.website import BadWebsite, Reason, read_website
from coop4canada.kit.clock import now
from supporters.forms.fields import readable

EARLIEST = dt.date(2010, 1, 1)
SOURCE_SENTENCES = {
    Reason.MISSING: _("Write the address at which everybody can read it."),
    Reason.TOO_LONG: _("The address has 200 characters at most: give a shorter one of the same page."),
    Reason.NOT_HTTPS: _("We link to secure sites only: the address has to begin with https://."),
    Reason.NOT_A_SITE: _("We cannot read this as the address of a page, such as https://example.org/page."),
}


class TextField(forms.CharField):
    """Text of one or more lines; refuses what arrived garbled."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 — whatever a form sends
        """Return the text without blanks around it."""
        text: str = super().clean(readable(value))
        return text


class PastDayField(forms.DateField):
    """A day that is not to come."""

    widget = forms.DateInput(attrs={"type": "date"})

    def clean(self, value: Any) -> dt.date | None:  # noqa: ANN401
        """Return the day; raise ValidationError where it lies ahead or far back."""
        day: dt.date | None = super().clean(value)
        # Half of the country is a day behind UTC in the evening, none is ahead of it.
        if day is not None and not EARLIEST <= day <= now().date():
            raise ValidationError(_("Write a day that has been, as in 2026-11-23."))
        return day


class SourceField(forms.CharField):
    """The address of a page that anybody can read."""

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """Return the address, beginning with https://."""
        try:
            return read_website(readable(value))
        except BadWebsite as error:
            raise ValidationError(SOURCE_SENTENCES[error.reason]) from error
