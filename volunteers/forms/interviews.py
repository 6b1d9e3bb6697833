"""An interview as it is written down: the fixed questions, then those of the set."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from volunteers.enums import LANGUAGES, StanceTopic, StanceValue
from volunteers.forms.fields import PastDayField, TextField
from volunteers.models import Interview, QuestionSet
from volunteers.models.interviews import ANSWER_LENGTH, QUOTE_LENGTH
from volunteers.services import Record, Said


class InterviewForm(forms.Form):
    """When and by whom, where the candidate stands, what was answered; all of it may be filled in little by little."""

    form_key = forms.UUIDField()
    held_on = PastDayField(label=_("Held on"))
    interviewers = TextField(
        label=_("Interviewers’ names, shown in public (optional)"), max_length=200, required=False
    )
    place = TextField(label=_("Place or medium (optional)"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language in which it was answered"), choices=LANGUAGES)

    def __init__(self, *args: Any, question_set: QuestionSet | None, **kwargs: Any) -> None:  # noqa: ANN401
        """Ask the questions of the set, after the two fixed ones."""
        super().__init__(*args, **kwargs)
        for topic in StanceTopic:
            self.fields[f"stance_{topic.value}"] = forms.ChoiceField(
                label=topic.label, choices=[("", _("not asked")), *StanceValue.choices], required=False
            )
            self.fields[f"quote_{topic.value}"] = TextField(
                label=_("In their own words (optional)"), max_length=QUOTE_LENGTH, required=False
            )
        rows = question_set.questions.order_by("display_order", "pk") if question_set else ()
        self.questions = {f"answer_{row.pk}": row for row in rows}
        for name, row in self.questions.items():
            self.fields[name] = TextField(label=row.text, max_length=ANSWER_LENGTH, required=False)

    def clean(self) -> None:
        """Ask for a stance where words for it were typed."""
        for topic in StanceTopic.values:
            if self.cleaned_data.get(f"quote_{topic}") and not self.cleaned_data.get(f"stance_{topic}"):
                self.add_error(f"stance_{topic}", _("Choose in one word what the answer below comes to."))

    @property
    def fixed(self) -> list[tuple[BoundField, BoundField]]:
        """The fixed questions: the answer in a word, and in the candidate's own."""
        return [(self[f"stance_{topic}"], self[f"quote_{topic}"]) for topic in StanceTopic.values]

    @property
    def answers(self) -> list[BoundField]:
        """The questions of the set."""
        return [self[name] for name in self.questions]

    def record(self) -> Record:
        """Return the interview; only after `is_valid()`."""
        values = self.cleaned_data
        return Record(
            held_on=values["held_on"],
            interviewers=values["interviewers"],
            place=values["place"],
            language=values["language"],
            answers={row.pk: values[name] for name, row in self.questions.items()},
            stances={
                topic: Said(values[f"stance_{topic}"], values[f"quote_{topic}"])
                for topic in StanceTopic.values
                if values[f"stance_{topic}"]
            },
        )


def typed_before(interview: Interview) -> dict[str, object]:
    """Return what a draft holds, as the form shows it again."""
    answers, stances = list(interview.answers.all()), list(interview.stances.all())
    languages = [row.language for row in answers] + [row.language for row in stances]
    return {
        "form_key": interview.form_key,
        "held_on": interview.held_on,
        "interviewers": interview.interviewers,
        "place": interview.place,
        "language": languages[0] if languages else "en",
        **{f"answer_{row.question_id}": row.text for row in answers},
        **{f"stance_{row.topic}": row.value for row in stances},
        **{f"quote_{row.topic}": row.quote for row in stances},
    }
