"""Input of the petitions' pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit.proof import Proof, check_proof
from coop4canada.kit.senders import opened_stamp, seconds_open
from coop4canada.kit.signing import read_short_code
from petitions.enums import REFERRAL
from petitions.rules.suspicion import Signs, suspicions
from petitions.services import Signer, choose_riding, withdraw_signature
from petitions.services.owners import show_name
from ridings.models import Riding
from ridings.queries.codes import ridings_of_code
from ridings.rules.postal_code import read_postal_code
from supporters.enums import Purpose, RidingSource
from supporters.forms import AddressField, PersonNameField, PhoneField
from supporters.queries.address_rules import current_rules
from supporters.rules.email import Address, is_disposable, read_address
from supporters.services import Details

OPENED = "petitions.opened"
LONGEST_ID = 9
NO_POSTAL_CODE = _(
    "We cannot read this as a Canadian postal code, which looks like K1A 0B1. Correct it, or tick the box below it."
)


class SignForm(forms.Form):
    """The sign form; only what stands here is read, whatever else is sent."""

    name = PersonNameField(label=_("Your name"))
    email = AddressField(label=_("Your e-mail"))
    no_postal_code = forms.BooleanField(label=_("Sign without a postal code"), required=False)
    postal_code = forms.CharField(label=_("Your postal code"), required=False)
    phone = PhoneField(label=_("Your phone number, if we may call"), required=False)
    is_public = forms.BooleanField(
        label=_("My first name and riding may be shown on this page"), required=False
    )
    # The address about which the page asked “did you mean …?”, and the other one if the person took it.
    email_asked = forms.CharField(required=False)
    email_instead = forms.CharField(required=False)
    # A field that people do not see and robots fill in.
    website = forms.CharField(required=False)
    # When the form was opened, signed; a proof of work; the code of the link that led here.
    opened = forms.CharField(required=False)
    proof = forms.CharField(required=False)
    r = forms.CharField(required=False)

    asked = ""
    suggestion = ""

    def clean_postal_code(self) -> str:
        """Return the packed code with slips of the pen mended; empty only where the person said so."""
        typed = read_postal_code(self.cleaned_data["postal_code"])
        code = (typed.code or typed.hint) if typed else None
        if code is None and not self.cleaned_data.get("no_postal_code"):
            raise ValidationError(NO_POSTAL_CODE)
        return code or ""

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

    @property
    def offers_no_postal_code(self) -> bool:
        """Whether to show the box for signing without a postal code: once none could be read."""
        return self.is_bound and ("postal_code" in self.errors or bool(self["no_postal_code"].value()))

    def opened_stamp(self, now: datetime) -> str:
        """Return what the form carries along to say since when it is open; shown again, it is not younger."""
        return opened_stamp(OPENED, (self["opened"].value() or "") if self.is_bound else "", now=now)

    def referral_code(self) -> str:
        """Return the code of the supporter's link that came with the form, if it is a genuine one."""
        code = self["r"].value() or ""
        return code if read_short_code(REFERRAL, code) is not None else ""

    @property
    def ticked(self) -> frozenset[str]:
        """Purposes that the person agreed to, to be shown again as they left them."""
        return frozenset(purpose for purpose in Purpose.values if self.data.get(f"consent_{purpose}"))

    @property
    def shows_further_consents(self) -> bool:
        """Whether boxes beyond the first are unfolded: something there was ticked, typed or is wrong."""
        return bool(self.ticked - {Purpose.NEWS} or self["phone"].value() or "phone" in self.errors)

    def signer(self, *, proof_key: str, address: str, now: datetime) -> Signer:
        """Return what the form says; only after `is_valid()`.

        Args:
            proof_key: key of our proofs of work.
            address: internet address it came from, empty if that stands for nobody.
            now: the moment.
        """
        values = self.cleaned_data
        proof = check_proof(values["proof"], key=proof_key, now=now)
        return Signer(
            details=self._details(),
            is_public=values["is_public"],
            consents=self._consents(),
            referred_by=read_short_code(REFERRAL, values["r"]),
            suspicion=suspicions(self._signs(proof, address, now)),
            proof=proof.digest if proof.is_valid else "",
        )

    def _details(self) -> Details:
        values = self.cleaned_data
        ridings = ridings_of_code(values["postal_code"])
        is_known = len(ridings) == 1
        return Details(
            name=values["name"],
            address=values["email"],
            postal_code=values["postal_code"],
            riding_number=ridings[0].number if is_known else None,
            riding_source=RidingSource.POSTAL_CODE if is_known else RidingSource.UNKNOWN,
            language=active_language(),
            phone=values["phone"],
        )

    def _consents(self) -> tuple[int, ...]:
        """Return the ids of the words beside the ticked boxes, which are the boxes' values."""
        ticked = (self.data.get(f"consent_{purpose}", "") for purpose in Purpose.values)
        return tuple(
            int(text) for text in ticked if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
        )

    def _signs(self, proof: Proof, address: str, now: datetime) -> Signs:
        values = self.cleaned_data
        email: Address = values["email"]
        verdict = current_rules(now).verdict_on(
            emails=(email.typed.lower(), email.key), domain=email.domain, origin=address
        )
        return Signs(
            fills_trap=bool(values["website"]),
            seconds_open=_seconds_open(values["opened"], proof, now),
            has_proof=proof.is_valid,
            verdict=verdict,
            is_disposable=is_disposable(email.domain),
        )


def _seconds_open(stamp: str, proof: Proof, now: datetime) -> float | None:
    """Return the longest time since when the form is known to be open, None if nothing tells."""
    known = [proof.seconds_open, seconds_open(OPENED, stamp, now=now)]
    return max((seconds for seconds in known if seconds is not None), default=None)


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


class ManageForm(RidingForm):
    """What the owner of a signature wants done with it."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("withdraw", "show", "hide", "riding")])

    def clean(self) -> None:
        """Choosing a riding needs one."""
        if self.cleaned_data.get("action") == "riding" and not self.cleaned_data.get("riding"):
            self.add_error("riding", _("Choose your riding."))

    def act(self, signature_id: int, *, now: datetime) -> None:
        """Do it; only after `is_valid()`."""
        action, number = self.cleaned_data["action"], self.cleaned_data["riding"]
        if action == "withdraw":
            withdraw_signature(signature_id=signature_id, now=now)
        elif action == "riding":
            choose_riding(signature_id=signature_id, riding_number=number)
        else:
            show_name(signature_id=signature_id, is_public=action == "show")
