"""What the campaign's forms share that anybody may fill in."""

import unicodedata
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.rules.doubts import doubts_about
from coop4canada.kit.proof import Proof, check_proof
from coop4canada.kit.senders import MailAddress, opened_stamp, seconds_open, verdict_on

OPENED = "campaign.opened"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
GARBLED = _("Some of it arrived garbled: type it anew.")
LINE_BREAKS = "\n\r\t"


class OpenForm(forms.Form):
    """A form that anyone may fill in, with what tells people from robots."""

    # A field that people do not see and robots fill in.
    url = forms.CharField(required=False)
    # When the form was opened, signed; a proof of work.
    opened = forms.CharField(required=False)
    proof = forms.CharField(required=False)

    def opened_stamp(self, now: datetime) -> str:
        """Return what the form carries along to say since when it is open."""
        return opened_stamp(OPENED, (self["opened"].value() or "") if self.is_bound else "", now=now)

    def checked_proof(self, *, proof_key: str, now: datetime) -> Proof:
        """Return what the proof of work proves; only after `is_valid()`."""
        return check_proof(self.cleaned_data["proof"], key=proof_key, now=now)

    def doubts(self, proof: Proof, *, sender: MailAddress, address: str, now: datetime) -> frozenset[str]:
        """Return what is doubtful about the form; only after `is_valid()`."""
        known = (proof.seconds_open, seconds_open(OPENED, self.cleaned_data["opened"], now=now))
        return doubts_about(
            fills_trap=bool(self.cleaned_data["url"]),
            seconds_open=max((seconds for seconds in known if seconds is not None), default=None),
            has_proof=proof.is_valid,
            verdict=verdict_on(sender, address=address, now=now),
        )


def readable_line(text: str) -> str:
    """Return a text of one line as it was typed; raise ValidationError if it holds what cannot be shown."""
    if REPLACEMENT in text or any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise ValidationError(GARBLED)
    return text


def readable_text(text: str) -> str:
    """Return a text of many lines as it was typed; raise ValidationError if it holds what cannot be shown."""
    readable_line(text.translate({ord(char): None for char in LINE_BREAKS}))
    return text
