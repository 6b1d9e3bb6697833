"""Who is put on the list, what is decided about them, where they stand."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from campaign.enums import PartyRole
from campaign.queries import parties_by_code
from ridings.models import Candidate
from supporters.forms import PersonNameField
from volunteers.enums import LANGUAGES, CandidacyState, StanceTopic, StanceValue
from volunteers.forms.fields import PastDayField, SourceField, TextField
from volunteers.models.candidacies import INTEREST_LENGTH, REASON_LENGTH
from volunteers.models.interviews import QUOTE_LENGTH
from volunteers.queries.workspace import coming_elections
from volunteers.rules.candidacy import Obstacle
from volunteers.services import Decision, Entry, Said, Source

OBSTACLES: dict[Obstacle, StrPromise] = {
    Obstacle.NO_SUCH_MOVE: _(
        "This step is not possible now: somebody else may have been quicker. See the history."
    ),
    Obstacle.NO_REASON: _("Write the public reason, in English or in French."),
    Obstacle.NO_EVIDENCE: _(
        "First publish an interview, or record with its source where the candidate stands on both fixed questions."
    ),
    Obstacle.TAKEN: _("There is a unity candidate for this election already: move that one back first."),
}


class EntryForm(forms.Form):
    """Somebody typed in, or taken over from the official list by number."""

    official = forms.IntegerField(required=False)
    name = PersonNameField(label=_("Name"), required=False)
    party = forms.ChoiceField(label=_("Party"), required=False)
    election = forms.ChoiceField(label=_("Election"), required=False)

    def __init__(self, *args: Any, official: Iterable[Candidate], today: dt.date, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer parties but the target party, and coming elections."""
        super().__init__(*args, **kwargs)
        self.known = {row.pk: row for row in official}
        parties = [row for row in parties_by_code().values() if row.role != PartyRole.TARGET]
        self.parties = {row.code: row for row in parties}
        self.elections = {str(row.pk): row for row in coming_elections(today)}
        names = [(code, row.name) for code, row in self.parties.items()]
        self.fields["party"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
        dates = [(key, str(row.held_on)) for key, row in self.elections.items()]
        self.fields["election"].choices = [("", _("the next one")), *dates]  # type: ignore[attr-defined]

    def _clean_fields(self) -> None:
        # Whoever is taken over needs no name typed.
        if self.data.get("official"):
            for name in ("name", "party", "election"):
                del self.fields[name]
        super()._clean_fields()  # type: ignore[misc]  # Django's hook is not in the stubs

    def clean(self) -> None:
        """Ask for a party, or refuse a number that is not on the official list."""
        values = self.cleaned_data
        if "party" in self.fields:
            if not values.get("party") and "party" not in self.errors:
                self.add_error("party", _("Choose a party."))
        elif values.get("official") not in self.known:
            self.add_error(None, _("This person is not on the official list any more, or on yours already."))

    def entry(self) -> Entry:
        """Return who it is; only after `is_valid()`."""
        values = self.cleaned_data
        found = self.known.get(values.get("official") or 0)
        if found is not None:
            return Entry(found.party, found.name, found.election, found)
        return Entry(self.parties[values["party"]], values["name"], self.elections.get(values["election"]))


class DecisionForm(forms.Form):
    """What the chapter decided, with its public reason."""

    state = forms.ChoiceField(label=_("Decision"), choices=CandidacyState.choices)
    reason_en = TextField(label=_("Public reason in English"), max_length=REASON_LENGTH, required=False)
    reason_fr = TextField(label=_("Public reason in French"), max_length=REASON_LENGTH, required=False)
    interest = TextField(label=_("Interest declared"), max_length=INTEREST_LENGTH, required=False)

    def decision(self) -> Decision:
        """Return what was decided; only after `is_valid()`."""
        values = self.cleaned_data
        return Decision(
            CandidacyState(values["state"]), values["reason_en"], values["reason_fr"], values["interest"]
        )


class StanceForm(forms.Form):
    """Where a candidate stands according to a source that anybody can read."""

    topic = forms.ChoiceField(label=_("Question"), choices=StanceTopic.choices)
    value = forms.ChoiceField(label=_("Stance"), choices=StanceValue.choices)
    quote = TextField(label=_("In their own words (optional)"), max_length=QUOTE_LENGTH, required=False)
    language = forms.ChoiceField(label=_("Language of the words"), choices=LANGUAGES)
    source = TextField(label=_("Who published it, and what"), max_length=200)
    source_url = SourceField(label=_("Address of the source"))
    as_of = PastDayField(label=_("On which day it was said"))

    def said(self) -> Said:
        """Return the stance; only after `is_valid()`."""
        return Said(self.cleaned_data["value"], self.cleaned_data["quote"])

    def found_at(self) -> Source:
        """Return where it is to be read; only after `is_valid()`."""
        values = self.cleaned_data
        return Source(values["source"], values["source_url"], values["as_of"])
