"""What a lead says about the chapter, its interviewers and its questions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from supporters.forms import AddressField, PersonNameField
from supporters.rules.email import Address
from supporters.services import Invitation
from volunteers.enums import LANGUAGES
from volunteers.forms.fields import PastDayField, TextField
from volunteers.models import QuestionSet
from volunteers.models.chapters import NOTE_LENGTH
from volunteers.rules.questions import BadQuestions, Reason, read_questions
from volunteers.services import ChapterDetails

OWN = "own"
LONGEST_LIST = 8000

QUESTIONS_SENTENCES: dict[str, StrPromise] = {
    Reason.NONE: _("Write at least one question, one a line."),
    Reason.TOO_MANY: _("Twenty questions are as many as a candidate answers: leave some out."),
    Reason.TOO_LONG: _("A question has 300 characters at most: shorten the long ones."),
    Reason.UNEVEN: _(
        "There are more lines in one language than in the other: they stand side by side, line by line."
    ),
}


class OptionalAddressField(AddressField):
    """An address that may stay empty."""

    def clean(self, value: Any) -> Address | None:  # type: ignore[override]  # noqa: ANN401
        """Return the address, or None."""
        return super().clean(value) if str(value or "").strip() else None


class ChapterForm(forms.Form):
    """Name, founding and liaison."""

    name = TextField(label=_("Name of the chapter (optional)"), max_length=120, required=False)
    founded_on = PastDayField(label=_("Founded on"), required=False)
    liaison_name = TextField(label=_("Liaison to the national team: name"), max_length=100, required=False)
    liaison_email = OptionalAddressField(label=_("Liaison: e-mail"), required=False)

    def details(self) -> ChapterDetails:
        """Return what was typed; only after `is_valid()`."""
        values = self.cleaned_data
        address: Address | None = values["liaison_email"]
        return ChapterDetails(
            name=values["name"],
            founded_on=values["founded_on"],
            liaison_name=values["liaison_name"],
            liaison_email=address.typed if address else "",
        )


class NoteForm(forms.Form):
    """A word beside a task that is done."""

    note = TextField(label=_("Note (optional)"), max_length=NOTE_LENGTH, required=False)


class InterviewerForm(forms.Form):
    """Who shall interview candidates."""

    name = PersonNameField(label=_("Name"))
    email = AddressField(label=_("E-mail"))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=LANGUAGES)

    def invitation(self) -> Invitation:
        """Return whom to invite; only after `is_valid()`."""
        values = self.cleaned_data
        return Invitation(values["email"], values["language"], values["name"])


class QuestionsForm(forms.Form):
    """A set to choose, or questions of the chapter's own."""

    choice = forms.ChoiceField(label=_("Questions"))
    name = TextField(label=_("Name of your questions"), max_length=120, required=False)
    english = TextField(
        label=_("Your questions in English, one a line"), max_length=LONGEST_LIST, required=False
    )
    french = TextField(
        label=_("Your questions in French, one a line"), max_length=LONGEST_LIST, required=False
    )

    def __init__(self, *args: Any, offered: Iterable[QuestionSet], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the sets, and writing one's own."""
        super().__init__(*args, **kwargs)
        self.offered = {str(row.pk): row for row in offered}
        choices = [*((key, row.name) for key, row in self.offered.items()), (OWN, _("Write our own"))]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Read the chapter's own questions where it wants these."""
        values = self.cleaned_data
        if values.get("choice") != OWN or self.errors:
            return
        if not values["name"]:
            self.add_error("name", _("Give your questions a name."))
        try:
            values["pairs"] = read_questions(values["english"], values["french"])
        except BadQuestions as error:
            self.add_error("english", ValidationError(QUESTIONS_SENTENCES[error.reason]))

    @property
    def chosen(self) -> QuestionSet | None:
        """The set that was chosen, None for questions of one's own; only after `is_valid()`."""
        return self.offered.get(self.cleaned_data["choice"])
