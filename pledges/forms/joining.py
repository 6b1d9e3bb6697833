"""Input of the pages about joining a party."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit.proof import check_proof
from pledges.enums import Suspicion
from pledges.services import Applicant
from ridings.queries.codes import ridings_of_code
from ridings.rules.postal_code import read_postal_code
from supporters.enums import RidingSource
from supporters.forms import PersonForm
from supporters.queries.address_rules import current_rules
from supporters.services import Details

NO_POSTAL_CODE = _(
    "We cannot read this as a Canadian postal code, which looks like K1A 0B1: correct it, or leave it empty."
)


class JoinForm(PersonForm):
    """Who joined, or wants to be reminded; only what stands here is read, whatever else is sent."""

    postal_code = forms.CharField(label=_("Your postal code (optional)"), required=False)

    def clean_postal_code(self) -> str:
        """Return the packed code with slips of the pen mended, or nothing."""
        text = self.cleaned_data["postal_code"]
        typed = read_postal_code(text)
        code = (typed.code or typed.hint) if typed else None
        if text and code is None:
            raise ValidationError(NO_POSTAL_CODE)
        return code or ""

    def applicant(self, *, proof_key: str, address: str, now: datetime) -> Applicant:
        """Return who it is about; only after `is_valid()`.

        Args:
            proof_key: key of our proofs of work.
            address: internet address it came from.
            now: the moment.
        """
        values = self.cleaned_data
        proof = check_proof(values["proof"], key=proof_key, now=now)
        return Applicant(
            details=self._details(),
            suspicion=self._suspicion(address, now),
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
        )

    def _suspicion(self, address: str, now: datetime) -> str:
        email = self.cleaned_data["email"]
        verdict = current_rules(now).verdict_on(
            emails=(email.typed.lower(), email.key), domain=email.domain, origin=address
        )
        if verdict == "allow":
            return ""
        if self.cleaned_data["website"]:
            return Suspicion.HONEYPOT.value
        return Suspicion.BLOCKED.value if verdict == "block" else ""
