"""What is typed on the trial provider's pages."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polls.trial.cards import TrialCard
from polls.trial.things import Outage, Troubles


class CardForm(forms.Form):
    """Which card to try."""

    card = forms.ChoiceField(
        choices=TrialCard.choices,
        error_messages={
            "required": _("Choose one of the trial cards."),
            "invalid_choice": _("Choose one of the trial cards."),
        },
    )

    @property
    def chosen(self) -> str:
        """The card that is ticked on the page."""
        typed = str(self.data.get("card", ""))
        return typed if typed in TrialCard.values else TrialCard.WORKS


class TroublesForm(forms.Form):
    """How the provider shall misbehave."""

    outage = forms.ChoiceField(
        choices=[
            (Outage.NONE, _("We reach the provider")),
            (Outage.BEFORE, _("Our calls fail, and nothing is done")),
            (Outage.AFTER, _("Our calls are done, and the answers are lost")),
        ]
    )
    declines_next = forms.BooleanField(label=_("The next card is declined, whichever it is"), required=False)
    refunds_wait = forms.BooleanField(label=_("Refunds wait until somebody here sends them"), required=False)
    notices_held = forms.BooleanField(
        label=_("Notices are held: the provider cannot reach us"), required=False
    )
    notices_twice = forms.BooleanField(label=_("Every notice is sent twice"), required=False)
    notices_reversed = forms.BooleanField(label=_("Notices are sent in reverse order"), required=False)

    def troubles(self) -> Troubles:
        """Return what was ticked, once the form is valid."""
        return Troubles(**self.cleaned_data)

    @classmethod
    def showing(cls, troubles: Troubles) -> "TroublesForm":
        """Return the form as it stands now."""
        initial: dict[str, Any] = {one.name: getattr(troubles, one.name) for one in fields(troubles)}
        return cls(initial=initial)
