"""Input of the pages about the pledge to vote together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import Party
from coop4canada.kit.proof import check_proof
from coop4canada.kit.signing import read_short_code
from pledges.enums import REFERRAL, VoterStatus
from pledges.queries.pledges import cooperating_parties
from pledges.services import Pledger
from ridings.forms import ResidentForm, RidingForm
from ridings.models import Riding


class AboutVoting(forms.Form):
    """What may be told beside the pledge: whether one can vote, and a first preference."""

    voter_status = forms.ChoiceField(label=_("Can you vote?"), choices=VoterStatus, required=False)
    preference = forms.TypedChoiceField(
        label=_("Your first preference (optional)"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, parties: Sequence[Party] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer the cooperating parties."""
        super().__init__(*args, **kwargs)
        self.parties = cooperating_parties() if parties is None else parties
        choices = [("", _("I would rather not say")), *((party.pk, party.name) for party in self.parties)]
        self.fields["preference"].choices = choices  # type: ignore[attr-defined]

    def clean_voter_status(self) -> str:
        """Return the status; who does not say can vote."""
        return self.cleaned_data["voter_status"] or VoterStatus.VOTER.value

    @property
    def chosen_status(self) -> str:
        """The status to show as chosen."""
        return self["voter_status"].value() or VoterStatus.VOTER.value

    @property
    def chosen_preference(self) -> str:
        """The preference to show as chosen; empty for none."""
        return str(self["preference"].value() or "")


class PledgeForm(AboutVoting, ResidentForm):
    """The pledge: an e-mail address and a postal code; only what stands here is read, whatever else is sent."""

    name = None  # type: ignore[assignment]  # not asked for: the shortest form is filled in most often
    # The code of the friend's link that led here.
    r = forms.CharField(required=False)

    @property
    def shows_more(self) -> bool:
        """Whether what may be told beside is unfolded: something there was chosen or is wrong."""
        is_told = self.chosen_status != VoterStatus.VOTER or bool(self.chosen_preference)
        return is_told or "preference" in self.errors or "voter_status" in self.errors

    def referral_code(self) -> str:
        """Return the code of the friend's link that came with the form, if it is a genuine one."""
        code = self["r"].value() or ""
        return code if read_short_code(REFERRAL, code) is not None else ""

    def pledger(self, *, proof_key: str, address: str, now: datetime) -> Pledger:
        """Return what the form says; only after `is_valid()`.

        Args:
            proof_key: key of our proofs of work.
            address: internet address it came from.
            now: the moment.
        """
        values = self.cleaned_data
        proof = check_proof(values["proof"], key=proof_key, now=now)
        return Pledger(
            details=self.details(),
            voter_status=values["voter_status"],
            preference_id=values["preference"],
            consents=self.consents(),
            referred_by=read_short_code(REFERRAL, values["r"]),
            suspicion=self.suspicions(proof, address=address, now=now),
            proof=proof.digest if proof.is_valid else "",
        )


class PledgeKnownForm(AboutVoting):
    """The pledge of somebody whose browser we know."""


class ManagePledgeForm(AboutVoting, RidingForm):
    """What the owner of a pledge wants done with it."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("withdraw", "change")])

    def __init__(self, *args: Any, ridings: Sequence[Riding], **kwargs: Any) -> None:  # noqa: ANN401 — a form's own
        """Offer the ridings of the owner's postal code."""
        super().__init__(*args, ridings=ridings, **kwargs)
