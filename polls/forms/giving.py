"""The form by which somebody gives."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit.proof import check_proof
from coop4canada.kit.signing import BadToken, seal, unseal
from polls.enums import GIVING, Leftover
from polls.forms.fields import (
    AmountField,
    FullPostalCodeField,
    city_field,
    province_field,
    street_field,
)
from polls.models import PollProject
from polls.rules.amounts import CHIPS
from polls.services.giving import Gift, Giver
from supporters.enums import Suspicion
from supporters.forms.public import WaryForm

NEEDIEST, GENERAL = "neediest", "general"
OWN = "own"
UNWELCOME = frozenset({Suspicion.HONEYPOT, Suspicion.BLOCKED})
# Source: Canada Elections Act, S.C. 2000, c. 9, sections 349.02, 349.03 and 363; S.C. 2026 (Bill C-25) on prepaid cards.
DECLARATION = _(
    "I am a Canadian citizen or a permanent resident of Canada, I give my own money, and I do not pay with a prepaid or "
    "gift card."
)


class GiveForm(WaryForm):
    """How much, from whom, for what; only what stands here is read, whatever else is sent."""

    chip = forms.ChoiceField(
        label=_("How much?"),
        choices=[*((str(chip), str(chip)) for chip in CHIPS), (OWN, _("Another amount"))],
        required=False,
    )
    amount = forms.CharField(label=_("Another amount, in dollars"), required=False, max_length=20)
    target = forms.ChoiceField(
        label=_("What for?"), choices=[(NEEDIEST, NEEDIEST), (GENERAL, GENERAL)], required=False
    )
    street = street_field()
    city = city_field()
    province = province_field()
    postal_code = FullPostalCodeField(label=_("Postal code"))
    declares = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": _("We can take gifts only of people who can declare this.")},
    )
    shows_name = forms.BooleanField(
        label=_("Show my name among those who gave. Otherwise the public never sees it."), required=False
    )
    leftover = forms.ChoiceField(
        label=_("If the goal is missed, or reached without your gift"),
        choices=Leftover.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose what shall become of your gift then.")},
    )
    token = forms.CharField(required=False)

    def clean(self) -> None:
        """Read the amount from the chip or the field beside it."""
        super().clean()
        chip = self.cleaned_data.get("chip", "")
        typed = self.cleaned_data.get("amount", "")
        # Who typed an amount means it, also where a script-less browser left a chip chosen.
        text = typed if typed.strip() or chip in ("", OWN) else chip
        try:
            self.cleaned_data["amount_cents"] = AmountField().clean(text)
        except forms.ValidationError as error:
            self.add_error("amount", error)

    @property
    def form_token(self) -> str:
        """What the form carries along, so that sent twice it gives once; shown again, it stays."""
        given = self._token()
        return seal(GIVING, str(given or uuid4()))

    def is_unwelcome(self, *, proof_key: str, address: str, now: datetime) -> bool:
        """Say whether a robot filled it in, or somebody whom a rule of the organizers keeps out."""
        proof = check_proof(self.cleaned_data["proof"], key=proof_key, now=now)
        return bool(self.suspicions(proof, address=address, now=now) & UNWELCOME)

    def gift(self, *, project: PollProject | None, chose_neediest: bool) -> Gift:
        """Return what the form gives; only after `is_valid()`."""
        values = self.cleaned_data
        giver = Giver(
            name=values["name"],
            email=values["email"],
            street=values["street"],
            city=values["city"],
            province=values["province"],
            postal_code=values["postal_code"],
            language=active_language(),
            # Kept as it stood on the page, in the language that was read.
            declaration=str(DECLARATION),
        )
        return Gift(
            giver=giver,
            amount_cents=values["amount_cents"],
            project=project,
            leftover=values["leftover"] or (Leftover.GENERAL if project is None else Leftover.RETURN),
            is_anonymous=not values["shows_name"],
            chose_neediest=chose_neediest,
        )

    def token_read(self) -> UUID:
        """Return the token of the form; a new one where it came without ours."""
        return self._token() or uuid4()

    def _token(self) -> UUID | None:
        sealed: Any = self["token"].value() if self.is_bound else ""
        try:
            return UUID(unseal(GIVING, sealed or "", max_age=None).values[0])
        except (BadToken, ValueError, IndexError):
            return None
