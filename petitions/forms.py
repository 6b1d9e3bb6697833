"""Input of the petitions' pages."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit.proof import check_proof
from coop4canada.kit.signing import read_short_code
from petitions.enums import REFERRAL
from petitions.services import Signer, choose_riding, withdraw_signature
from petitions.services.owners import show_name
from ridings.forms import RidingForm
from ridings.queries.codes import ridings_of_code
from ridings.rules.postal_code import read_postal_code
from supporters.enums import Purpose, RidingSource
from supporters.forms import PhoneField, WaryForm
from supporters.services import Details

NO_POSTAL_CODE = _(
    "We cannot read this as a Canadian postal code, which looks like K1A 0B1. Correct it, or tick the box below it."
)


class SignForm(WaryForm):
    """The sign form; only what stands here is read, whatever else is sent."""

    no_postal_code = forms.BooleanField(label=_("Sign without a postal code"), required=False)
    postal_code = forms.CharField(label=_("Your postal code"), required=False)
    phone = PhoneField(label=_("Your phone number, if we may call"), required=False)
    is_public = forms.BooleanField(
        label=_("My first name and riding may be shown on this page"), required=False
    )
    # The code of the link that led here.
    r = forms.CharField(required=False)

    def clean_postal_code(self) -> str:
        """Return the packed code with slips of the pen mended; empty only where the person said so."""
        typed = read_postal_code(self.cleaned_data["postal_code"])
        code = (typed.code or typed.hint) if typed else None
        if code is None and not self.cleaned_data.get("no_postal_code"):
            raise ValidationError(NO_POSTAL_CODE)
        return code or ""

    @property
    def offers_no_postal_code(self) -> bool:
        """Whether to show the box for signing without a postal code: once none could be read."""
        return self.is_bound and ("postal_code" in self.errors or bool(self["no_postal_code"].value()))

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
            details=self._details(),
            is_public=values["is_public"],
            consents=self.consents(),
            referred_by=read_short_code(REFERRAL, values["r"]),
            suspicion=self.suspicions(proof, address=address, now=now),
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
