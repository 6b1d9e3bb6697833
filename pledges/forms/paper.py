"""Input of sheets on paper: one line, many at once, a file of them; and which cards to print."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from campaign.models import Party, active_language
from pledges.enums import VoterStatus
from pledges.models import PaperLine
from pledges.rules.paper import BadFile, Fault, FileRow, read_code, read_file
from pledges.services.paper import PaperRow
from ridings.rules.postal_code import read_postal_code
from supporters.forms import AddressField, PersonNameField, PhoneField
from supporters.models import ConsentWording
from supporters.rules.email import Address

MOST_ROWS = 50
ROWS = 10
LAST_LINE = 200

FAULTS: dict[Fault, StrPromise] = {
    Fault.TOO_BIG: _("The file is too big: 400 kB at most."),
    Fault.UNREADABLE: _("This is no CSV file: save the sheet as “CSV UTF-8” and choose it again."),
    Fault.COLUMNS: _("Columns are missing, unknown or there twice; look at:"),
    Fault.EMPTY: _("The file holds no line below its head."),
    Fault.TOO_MANY: _("The file holds too many lines, 2,000 are the most; it has:"),
}
FORMULA = _("This looks like a formula of a spreadsheet: correct it.")


class OptionalAddressField(AddressField):
    """An e-mail address, or nothing."""

    def clean(self, value: Any) -> Address | None:  # type: ignore[override]  # noqa: ANN401
        """Return the address; None if nothing was typed."""
        return super().clean(value) if str(value or "").strip() else None


class PaperLineForm(forms.Form):
    """One line; its number is there from the start, so that a line with nothing else is left out."""

    number = forms.IntegerField(label=_("Line"), min_value=1, max_value=LAST_LINE)
    name = PersonNameField(label=_("Name"))
    postal_code = forms.CharField(label=_("Postal code"), max_length=20)
    email = OptionalAddressField(label=_("E-mail (optional)"), required=False)
    phone = PhoneField(label=_("Phone (optional)"), required=False)
    voter_status = forms.ChoiceField(label=_("Voting"), choices=VoterStatus, required=False)
    preference = forms.ModelChoiceField(
        label=_("First preference (optional)"),
        queryset=Party.objects.none(),
        to_field_name="code",
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("en", "English"), ("fr", "Français")], required=False
    )
    replaces = forms.BooleanField(label=_("Replace what stands there"), required=False)

    # What stands on this line already, where it differs.
    there: PaperLine | None = None

    def __init__(self, *args: Any, wordings: Iterable[ConsentWording] = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        parties = Party.objects.filter(role="cooperating").order_by("display_order", "code")
        self.fields["preference"].queryset = parties  # type: ignore[attr-defined]
        self.fields["consents"] = forms.MultipleChoiceField(
            label=_("Boxes ticked on paper"),
            choices=[(str(wording.pk), wording.get_purpose_display()) for wording in wordings],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_postal_code(self) -> str:
        """Return the packed code, whole; on paper a slip of the pen is mended."""
        typed = read_postal_code(self.cleaned_data["postal_code"])
        code = (typed.code or typed.hint) if typed else None
        if code is None or len(code) != 6:  # noqa: PLR2004 — a whole postal code
            raise ValidationError(_("We cannot read this as a whole postal code, which looks like K1A 0B1."))
        return str(code)

    def row(self) -> PaperRow:
        """Return the line; only after `is_valid()`."""
        values = self.cleaned_data
        return PaperRow(
            number=values["number"],
            name=values["name"],
            postal_code=values["postal_code"],
            address=values["email"],
            phone=values["phone"],
            voter_status=values["voter_status"] or VoterStatus.VOTER,
            preference=values["preference"],
            wordings=tuple(int(pk) for pk in values["consents"]),
            language=values["language"] or "en",
            replaces=values["replaces"],
        )


class SheetForm(forms.Form):
    """Which sheet the lines stand on."""

    code = forms.CharField(label=_("Sheet code"), max_length=30)

    def clean_code(self) -> str:
        """Return the code as it is kept."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(
                _("A sheet code has 3 to 12 letters and digits; it stands at the top of the sheet.")
            )
        return code


class BaseLines(forms.BaseFormSet):  # type: ignore[type-arg]
    """Many lines of one sheet; a number stands there once."""

    def clean(self) -> None:
        """Point at a line that stands there twice."""
        seen: set[int] = set()
        for form in self.forms:
            number = (
                form.cleaned_data.get("number")
                if form.has_changed() and hasattr(form, "cleaned_data")
                else None
            )
            if number in seen:
                form.add_error("number", _("This line stands here twice."))
            if number:
                seen.add(number)

    def rows(self) -> list[PaperRow]:
        """Return the lines that are filled in; only after `is_valid()`."""
        return [form.row() for form in self.forms if form.has_changed()]


Lines = forms.formset_factory(
    PaperLineForm, formset=BaseLines, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


def lines_form(data: Any, wordings: Iterable[ConsentWording]) -> BaseLines:  # noqa: ANN401 — what a form sends
    """Return a form of many lines, empty if nothing was sent; the lines are numbered."""
    initial = [{"number": number, "language": active_language()} for number in range(1, MOST_ROWS + 1)]
    made: Any = Lines(data, form_kwargs={"wordings": wordings}, initial=None, prefix="line")
    lines: BaseLines = made
    for form, first in zip(lines.forms, initial, strict=False):
        form.initial = first | {"voter_status": VoterStatus.VOTER}
    return lines


def add_rows(data: QueryDict) -> None:
    """Add ten numbered rows to what was sent, as many as fit."""
    before = data.get("line-TOTAL_FORMS", "")
    count = min(int(before), MOST_ROWS) if before.isascii() and before.isdigit() and len(before) < 4 else 0  # noqa: PLR2004
    after = min(count + ROWS, MOST_ROWS)
    data["line-TOTAL_FORMS"] = str(after)
    for place in range(count, after):
        data[f"line-{place}-number"] = str(place + 1)
        data[f"line-{place}-voter_status"] = VoterStatus.VOTER.value
        data[f"line-{place}-language"] = active_language()


class UploadForm(SheetForm):
    """A file of lines; it is only checked until somebody says otherwise."""

    file = forms.FileField(label=_("CSV file"))
    is_import = forms.BooleanField(label=_("Import it if everything is right"), required=False)

    def clean_file(self) -> list[FileRow]:
        """Return the rows of the file."""
        try:
            return read_file(self.cleaned_data["file"].read())
        except BadFile as error:
            sentence = f"{FAULTS[error.fault]} {error.detail}".strip()
            raise ValidationError(sentence) from error


@dataclass(frozen=True)
class LineProblem:
    """What is wrong with a row of a file: where it stands, and sentences."""

    file_line: int
    sentences: tuple[str, ...]


def read_rows(
    found: Iterable[FileRow], wordings: Iterable[ConsentWording]
) -> tuple[list[PaperRow], list[LineProblem]]:
    """Return the lines of a file, and what is wrong with it, by the same rules as lines that are typed."""
    wordings = list(wordings)
    rows, problems, seen = [], [], set()
    for place in found:
        form = PaperLineForm(_data_of(place, wordings), wordings=wordings)
        sentences = [
            f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors
        ]
        if place.formula_in:
            sentences.append(f"{place.formula_in}: {FORMULA}")
        number = form.cleaned_data.get("number")
        if number in seen:
            sentences.append(str(_("This line stands here twice.")))
        seen.add(number)
        if sentences:
            problems.append(LineProblem(place.file_line, tuple(sentences)))
        else:
            rows.append(form.row())
    return rows, problems


def _data_of(place: FileRow, wordings: Iterable[ConsentWording]) -> dict[str, Any]:
    cells = dict(place.cells)
    purposes = cells.pop("consents", "").lower().split()
    ids = {wording.purpose: str(wording.pk) for wording in wordings}
    cells["number"] = cells.pop("line", "")
    # An unknown word is an error of its own, not a consent that goes missing.
    return {**cells, "consents": [ids.get(purpose, purpose) for purpose in purposes]}


class CardsForm(forms.Form):
    """Which cards to print."""

    SIZES = [("letter", _("Letter")), ("a4", "A4")]
    COUNTS = [("4", "4"), ("8", "8")]
    LANGUAGES = [("en", "English"), ("fr", "Français"), ("both", _("both"))]
    WHATS = [("cards", _("cards")), ("sheet", _("a sheet for doorsteps"))]

    what = forms.ChoiceField(label=_("Print"), choices=WHATS)
    size = forms.ChoiceField(label=_("Paper"), choices=SIZES)
    per_page = forms.ChoiceField(label=_("Cards on a page"), choices=COUNTS)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=LANGUAGES)
    riding = forms.IntegerField(
        label=_("Riding (number, optional)"), min_value=10_000, max_value=99_999, required=False
    )
