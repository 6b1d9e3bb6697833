"""What a caller sends in: what came of a call, a cry for help; and how trainers are reached."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.enums import CALL_OUTCOMES, LANGUAGES, Outcome
from volunteers.forms.fields import TextField
from volunteers.models.attempts import ANSWER_LENGTH, NOTE_LENGTH
from volunteers.models.desk import HELP_LENGTH, REACH_LENGTH
from volunteers.queries.scripts import Conversation
from volunteers.rules.scripts import walked
from volunteers.services.attempts import Said
from volunteers.services.calls import Submission

# In the order of the buttons and of the number keys; a call that was given up is never chosen.
OUTCOMES = (
    Outcome.ANSWERED,
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL,
    Outcome.BUSY,
    Outcome.WRONG_NUMBER,
    Outcome.CALL_BACK,
    Outcome.REFUSED,
    Outcome.MOVED,
    Outcome.DECEASED,
    Outcome.LANGUAGE,
    Outcome.DO_NOT_CONTACT,
)
ANSWER = "answer_"
assert set(OUTCOMES) == CALL_OUTCOMES - {Outcome.UNKNOWN}  # noqa: S101 — no outcome lacks its button


class OutcomeForm(forms.Form):
    """What came of a call; the id is the page's, so that sent twice it is one."""

    client_id = forms.UUIDField()
    outcome = forms.ChoiceField(
        choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
        error_messages={"required": _("Choose what came of the call."), "invalid_choice": _("Choose what came of the call.")},
    )  # fmt: skip
    callback_on = forms.DateField(required=False, label=_("Day"))
    callback_time = forms.TimeField(required=False, label=_("Time, by their clock"))
    language = forms.ChoiceField(
        required=False, label=_("Language they need"), choices=[("", _("another one")), *LANGUAGES]
    )
    note = TextField(required=False, max_length=NOTE_LENGTH, label=_("Note for the team"))
    for_organizer = forms.BooleanField(required=False, label=_("An organizer should look at this first"))

    def clean(self) -> None:
        """Ask for day and time of a callback together."""
        values = self.cleaned_data
        if values.get("outcome") != Outcome.CALL_BACK:
            return
        for name in ("callback_on", "callback_time"):
            if name not in self.errors and not values.get(name):
                self.add_error(name, _("Write the day and the time at which they want to be called."))

    def submission(self, answers: tuple[Said, ...]) -> Submission:
        """Return what is recorded; only after `is_valid()`."""
        values = self.cleaned_data
        outcome = Outcome(values["outcome"])
        is_back = outcome == Outcome.CALL_BACK
        wall = datetime.combine(values["callback_on"], values["callback_time"]) if is_back else None
        return Submission(
            client_id=values["client_id"],
            outcome=outcome,
            answers=answers,
            note=values["note"],
            callback_wall=wall,
            language=values["language"] if outcome == Outcome.LANGUAGE else "",
            for_organizer=values["for_organizer"],
        )


def typed_answers(posted: Mapping[str, Any]) -> dict[str, str]:
    """Return what was answered to which question, whatever question it is."""
    found = {name.removeprefix(ANSWER): value for name, value in posted.items() if name.startswith(ANSWER)}
    return {key: str(value).replace("\x00", "")[:ANSWER_LENGTH] for key, value in found.items()}


def said_in(conversation: Conversation | None, answers: Mapping[str, str]) -> tuple[Said, ...]:
    """Return the answers to the questions that were come by: those of a branch that was left do not count.

    Of questions that the script does not know every answer is kept; the recording puts them into the note.
    """
    steps = conversation.steps if conversation else ()
    way = {step.key for step in walked(steps, answers)}
    with_choices = {step.key for step in steps if step.choices}
    left_out = {step.key for step in steps} - way
    return tuple(
        Said(key, option=value) if key in with_choices else Said(key, text=value)
        for key, value in answers.items()
        if value and key not in left_out
    )


class HelpForm(forms.Form):
    """A caller asks for help."""

    message = TextField(required=False, max_length=HELP_LENGTH, label=_("What is it about? (optional)"))


class DutyForm(forms.Form):
    """How callers reach a trainer."""

    reach = TextField(
        max_length=REACH_LENGTH, label=_("How callers reach you, such as a phone number or a room")
    )
