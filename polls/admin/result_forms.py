"""Forms by which organizers enter a poll; whatever cannot be is refused here, in words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.admin import CheckedForm
from polls.models import Poll, PollQuestion, PollReading
from polls.rules.share_text import BadShare, read_share

MAX_UPLOAD_BYTES = 1_000_000
NOT_A_SHARE = _("Write a share between 0 and 100 %, such as 42 % or 0.42.")
TWO_MEANINGS = _("Is that percents? Write 42 % or 0.42.")


class ShareField(forms.Field):
    """A share 0–1 typed as `42 %` or `0.42`; what could be either is asked back."""

    def to_python(self, value: Any) -> float | None:  # noqa: ANN401 — whatever came
        """Return the share."""
        if value in self.empty_values:
            return None
        try:
            return read_share(str(value))
        except BadShare as bad:
            raise ValidationError(TWO_MEANINGS if bad.is_ambiguous else NOT_A_SHARE) from bad

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 — a share, or what was typed
        """Show a share as percents, with its sign."""
        return f"{round(value * 100, 4):g} %" if isinstance(value, float) else value

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401
        """Compare shares, not how they are written."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class PollForm(CheckedForm):
    """The facts of a poll."""

    margin_of_error = ShareField(
        label=_("margin of error of the firm"),
        required=False,
        help_text=_("19 times in 20, for instance 4 %; empty where the sample is no random one."),
    )

    class Meta:
        model = Poll
        # The page that shows it chooses the others.
        fields = ["margin_of_error"]

    def clean(self) -> dict[str, Any]:
        """A poll is of the riding that its project collects for."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        project, riding = values.get("project"), values.get("riding")
        if project is not None and riding is not None and project.riding_id != riding.pk:
            self.add_error("project", _("This project is one of another riding."))
        return values


class QuestionFormSet(BaseInlineFormSet[PollQuestion, Poll, CheckedForm]):
    """The questions of a poll."""

    def clean(self) -> None:
        """One question at most is the one about the vote: the database says so too, but only when it is too late."""
        super().clean()
        about_the_vote = [
            form
            for form in self.forms
            if getattr(form, "cleaned_data", {}).get("is_vote_intention")
            and not form.cleaned_data.get("DELETE")
        ]
        if len(about_the_vote) > 1:
            raise ValidationError(_("Only one question can be the one about the vote."))


class ReadingForm(CheckedForm):
    """A reading, its share as people write it."""

    share = ShareField(label=_("share"), help_text=_("42 % or 0.42"))

    class Meta:
        model = PollReading
        fields = ["basis", "group", "party", "answer", "share", "base_count"]


class ReadingFormSet(BaseInlineFormSet[PollReading, PollQuestion, ReadingForm]):
    """The readings of a question."""

    def clean(self) -> None:
        """No answer of a group stands here twice."""
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", None)
            if not values or values.get("DELETE") or "basis" not in values:
                continue
            key = tuple(values.get(name) for name in ("basis", "group", "party", "answer"))
            if key in seen:
                raise ValidationError(_("An answer of a group stands here twice."))
            seen.add(key)


class TableForm(forms.Form):
    """A CSV table of readings."""

    file = forms.FileField(label=_("CSV table"))

    def clean_file(self) -> str:
        """Return the text of the file."""
        upload = self.cleaned_data["file"]
        if upload.size > MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is larger than 1 MB."))
        content: bytes = upload.read()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # As Excel writes it where nobody chose UTF-8.
            return content.decode("cp1252", errors="replace")


class RetractForm(forms.Form):
    """Why a poll is taken back."""

    reason_en = forms.CharField(label=_("Why, in English"), max_length=300)
    reason_fr = forms.CharField(label=_("Why, in French"), max_length=300)
