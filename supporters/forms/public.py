"""What the forms share that anybody may fill in."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.proof import Proof
from coop4canada.kit.senders import opened_stamp, seconds_open
from supporters.enums import Purpose
from supporters.forms.fields import AddressField, PersonNameField
from supporters.queries.address_rules import current_rules
from supporters.rules.email import Address, is_disposable, read_address
from supporters.rules.suspicion import Signs, suspicions

OPENED = "supporters.opened"
LONGEST_ID = 9


class PersonForm(forms.Form):
    """Who fills in a public form, and what tells people from robots; only what stands in it is read, whatever else is sent."""

    name = PersonNameField(label=_("Your name"))
    email = AddressField(label=_("Your e-mail"))
    # The address about which the page asked “did you mean …?”, and the other one if the person took it.
    email_asked = forms.CharField(required=False)
    email_instead = forms.CharField(required=False)
    # A field that people do not see and robots fill in; and a proof of work.
    website = forms.CharField(required=False)
    proof = forms.CharField(required=False)

    asked = ""
    suggestion = ""

    def clean(self) -> None:
        """Ask once about an address that looks like a slip of the pen; it is never changed silently."""
        address: Address | None = self.cleaned_data.get("email")
        if address is None or address.suggestion is None:
            return
        if self.cleaned_data.get("email_instead") == address.suggestion:
            self.cleaned_data["email"] = read_address(address.suggestion)
            return
        self.asked = address.typed
        if self.cleaned_data.get("email_asked") != address.typed:
            self.suggestion = address.suggestion
            self.add_error("email", _("Did you mean %(address)s?") % {"address": address.suggestion})


class WaryForm(PersonForm):
    """A form whose row is looked at before it counts if it shows signs of a robot; it may ask for consents, too."""

    # When the form was opened, signed.
    opened = forms.CharField(required=False)

    def opened_stamp(self, now: datetime) -> str:
        """Return what the form carries along to say since when it is open; shown again, it is not younger."""
        return opened_stamp(OPENED, (self["opened"].value() or "") if self.is_bound else "", now=now)

    @property
    def ticked(self) -> frozenset[str]:
        """Purposes that the person agreed to, to be shown again as they left them."""
        return frozenset(purpose for purpose in Purpose.values if self.data.get(f"consent_{purpose}"))

    def consents(self) -> tuple[int, ...]:
        """Return the ids of the words beside the ticked boxes, which are the boxes' values."""
        ticked = (self.data.get(f"consent_{purpose}", "") for purpose in Purpose.values)
        return tuple(
            int(text) for text in ticked if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
        )

    def suspicions(self, proof: Proof, *, address: str, now: datetime) -> frozenset[str]:
        """Return what is suspicious about the form; only after `is_valid()`.

        Args:
            proof: its proof of work, checked.
            address: internet address it came from, empty if that stands for nobody.
            now: the moment.
        """
        values = self.cleaned_data
        mailbox: Address = values["email"]
        verdict = current_rules(now).verdict_on(
            emails=(mailbox.typed.lower(), mailbox.key), domain=mailbox.domain, origin=address
        )
        signs = Signs(
            fills_trap=bool(values["website"]),
            seconds_open=_seconds_open(values["opened"], proof, now),
            has_proof=proof.is_valid,
            verdict=verdict,
            is_disposable=is_disposable(mailbox.domain),
        )
        return suspicions(signs)


def _seconds_open(stamp: str, proof: Proof, now: datetime) -> float | None:
    """Return the longest time since when the form is known to be open, None if nothing tells."""
    known = [proof.seconds_open, seconds_open(OPENED, stamp, now=now)]
    return max((seconds for seconds in known if seconds is not None), default=None)
