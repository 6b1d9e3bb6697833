"""What leaders say about a list, and which file goes into it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.clock import now
from ridings.queries.codes import live_ridings
from volunteers.enums import Channel, Need
from volunteers.enums.importing import Column, FileFault
from volunteers.forms.fields import TextField
from volunteers.models import Script
from volunteers.models.lists import SOURCE_LENGTH
from volunteers.rules.contact_columns import missing_columns, offered_columns
from volunteers.rules.contact_files import MOST_BYTES
from volunteers.rules.lists import is_due, longest_day
from volunteers.services.importing.batches import Upload
from volunteers.services.lists import ListDetails


class ListForm(forms.Form):
    """Name, origin, why its people may be contacted, until when it is kept."""

    name = TextField(label=_("Name of the list"), max_length=120)
    source = TextField(label=_("Where it comes from"), max_length=SOURCE_LENGTH)
    basis = TextField(label=_("Why its people may be contacted"), max_length=SOURCE_LENGTH)
    purge_on = forms.DateField(label=_("Deleted on"), widget=forms.DateInput(attrs={"type": "date"}))
    riding = TextField(label=_("Riding number (optional)"), max_length=5, required=False)
    least_need = forms.TypedChoiceField(
        label=_("Called in"), choices=Need, coerce=int, required=False, initial=Need.SWING
    )
    script = forms.ChoiceField(label=_("Script (optional)"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        channel: Channel,
        number: int | None,
        made_on: date,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer the scripts of the channel; `number` is the riding of a list of doors."""
        super().__init__(*args, **kwargs)
        self._number, self._made_on = number, made_on
        self.scripts = {str(one.pk): one for one in Script.objects.filter(channel=channel).order_by("name")}
        choices = [("", _("None yet")), *((key, one.name) for key, one in self.scripts.items())]
        self.fields["script"].choices = choices  # type: ignore[attr-defined]
        if number is not None:
            del self.fields["riding"], self.fields["least_need"]

    def clean_purge_on(self) -> date:
        """Refuse a day that has been, or is too far off."""
        day: date = self.cleaned_data["purge_on"]
        last = longest_day(self._made_on, most_days=settings.LIST_MOST_DAYS)
        if is_due(day, today=now().date()):
            raise ValidationError(_("Choose a day to come."))
        if day > last:
            sentence = gettext("Lists are kept until %(day)s at the longest.")
            raise ValidationError(sentence % {"day": last.isoformat()})
        return day

    def clean_riding(self) -> int | None:
        """Return the riding by its number; None for a list of several."""
        typed = self.cleaned_data["riding"]
        if not typed:
            return None
        if not typed.isdecimal() or int(typed) not in live_ridings([int(typed)]):
            raise ValidationError(_("There is no riding with this number."))
        return int(typed)

    def details(self) -> ListDetails:
        """Return what was typed; only after `is_valid()`."""
        values = self.cleaned_data
        number = self._number if self._number is not None else values["riding"]
        script = self.scripts.get(values["script"])
        said = (values["name"], values["source"], values["basis"], values["purge_on"])
        # Not asked for of doors, and a form without it says nothing; "every riding" is 0.
        chosen = values.get("least_need", "")
        need = Need.SWING if chosen == "" else Need(chosen)
        return ListDetails(*said, script, number, need)


def first_day(made_on: date) -> date:
    """Return until when a new list is kept unless somebody says otherwise."""
    return made_on + timedelta(days=min(settings.LIST_KEPT_DAYS, settings.LIST_MOST_DAYS))


class FileForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("CSV file"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file."), "missing": _("Choose a file.")},
    )

    def clean_file(self) -> Upload:
        """Return name and content; a file that is too big is not read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(FileFault.TOO_BIG.label)
        return Upload(file.name, file.read())


class ColumnsForm(forms.Form):
    """Which column holds what: one choice for each thing that a row may tell."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        head: Sequence[str],
        channel: str,
        has_riding: bool,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer every column of the file."""
        super().__init__(*args, **kwargs)
        self._channel, self._has_riding = channel, has_riding
        unnamed = gettext("Column %(position)d")
        choices = [("", gettext("not in the file"))]
        choices += [
            (str(position), name[:60] or unnamed % {"position": position + 1})
            for position, name in enumerate(head)
        ]
        for column in offered_columns(channel):
            label = capfirst(str(column.label))
            self.fields[column.value] = forms.ChoiceField(label=label, choices=choices, required=False)

    @staticmethod
    def initial_of(columns: Mapping[Column, int]) -> dict[str, str]:
        """Return what is chosen to begin with."""
        return {column.value: str(position) for column, position in columns.items()}

    def clean(self) -> None:
        """See that every column holds one thing, and that nothing is missing."""
        chosen = list(self.columns().values())
        for column, position in self.columns().items():
            if chosen.count(position) > 1:
                self.add_error(column.value, _("This column was chosen twice."))
        for group in missing_columns(self.columns(), self._channel, has_riding=self._has_riding):
            names = " / ".join(str(column.label) for column in group)
            self.add_error(None, gettext("Choose a column for: %(names)s.") % {"names": names})

    def columns(self) -> dict[Column, int]:
        """Return which column holds what."""
        return {Column(name): int(value) for name, value in self.cleaned_data.items() if value}
