"""Input of the petitions' pages."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.proof import check_proof
from coop4canada.kit.signing import read_short_code
from petitions.enums import REFERRAL
from petitions.services import Signer, choose_riding, withdraw_signature
from petitions.services.owners import show_name
from ridings.forms import ResidentForm, RidingForm
from supporters.enums import Purpose
from supporters.forms import PhoneField


class SignForm(ResidentForm):
    """The sign form; only what stands here is read, whatever else is sent."""

    no_postal_code = forms.BooleanField(label=_("Sign without a postal code"), required=False)
    phone = PhoneField(label=_("Your phone number, if we may call"), required=False)
    is_public = forms.BooleanField(
        label=_("My first name and riding may be shown on this page"), required=False
    )
    # The code of the link that led here.
    r = forms.CharField(required=False)

    def referral_code(self) -> str:
        """Return the code of the supporter's link that came with the form, if it is a genuine one."""
        code = self["r"].value() or ""
        return code if read_short_code(REFERRAL, code) is not None else ""

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
            details=self.details(),
            is_public=values["is_public"],
            consents=self.consents(),
            referred_by=read_short_code(REFERRAL, values["r"]),
            suspicion=self.suspicions(proof, address=address, now=now),
            proof=proof.digest if proof.is_valid else "",
        )


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
