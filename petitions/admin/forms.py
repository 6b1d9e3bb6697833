"""Forms of the organizers' pages about petitions."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from petitions.enums import BulkTarget
from petitions.models import Petition
from petitions.queries.search import domain_of, ridings_named
from petitions.rules.criteria import Criteria
from petitions.rules.search import FED_NUMBER_LENGTH, Meaning, read_question
from supporters.enums import EntryState, Suspicion
from supporters.queries.search import address_key

ANY = [("", _("any"))]
CODE_LENGTH = 6


class BulkForm(forms.Form):
    """By what many signatures are chosen, what is decided, and why."""

    petition = forms.ModelChoiceField(Petition.objects.order_by("-pk"), label=_("Petition"))
    target = forms.ChoiceField(label=_("Decision"), choices=BulkTarget.choices)
    network = forms.CharField(
        label=_("Internet address or network"),
        required=False,
        help_text=_("As in 192.0.2.0/24 or 2001:db8::/48."),
    )
    domain = forms.CharField(label=_("Mail domain"), required=False)
    email = forms.CharField(label=_("E-mail"), required=False, help_text=_("However it is spelled."))
    name = forms.CharField(label=_("Name contains"), required=False, max_length=100)
    postal_prefix = forms.CharField(
        label=_("Postal code begins with"), required=False, help_text=_("As in K1A or K1A 0B.")
    )
    riding = forms.CharField(label=_("Riding"), required=False, help_text=_("Its number or its name."))
    suspicion = forms.ChoiceField(
        label=_("Looked at because"), choices=[*ANY, *Suspicion.choices], required=False
    )
    state = forms.ChoiceField(label=_("State now"), choices=[*ANY, *EntryState.choices], required=False)
    created_from = forms.DateTimeField(
        label=_("Signed from (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    created_to = forms.DateTimeField(
        label=_("Signed before (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For whoever looks into it later; nobody else sees it."),
    )

    criteria: Criteria

    @classmethod
    def begun_from(cls, query: QueryDict) -> "BulkForm":
        """Return the form filled in by the filters and the search of the list of signatures."""
        question = read_question(query.get("q", ""))
        field = {
            Meaning.EMAIL: "email",
            Meaning.DOMAIN: "domain",
            Meaning.NETWORK: "network",
            Meaning.RIDING: "riding",
            Meaning.PERSON: "name",
            Meaning.WORDS: "name",
        }[question.meaning]
        known = {name: query.get(name, "") for name in ("petition", "state", "suspicion", "riding")}
        return cls(initial={**known, **({field: question.text} if question.text else {})})

    def clean_network(self) -> str:
        """Read an address or a network."""
        typed = self.cleaned_data["network"]
        question = read_question(typed)
        if typed and question.meaning != Meaning.NETWORK:
            raise ValidationError(_("This is no internet address and no network."))
        return question.text if typed else ""

    def clean_domain(self) -> str:
        """Write the domain as signatures have it."""
        return domain_of(self.cleaned_data["domain"])

    def clean_email(self) -> str:
        """Find the canonical address."""
        typed = self.cleaned_data["email"]
        key = address_key(typed)
        if typed and not key:
            raise ValidationError(_("This is no e-mail address."))
        return key

    def clean_postal_prefix(self) -> str:
        """Pack the beginning of a code."""
        packed = "".join(self.cleaned_data["postal_prefix"].split()).upper()
        if len(packed) > CODE_LENGTH or (packed and not packed.isalnum()):
            raise ValidationError(_("A postal code looks like K1A 0B1: write it or its beginning."))
        return packed

    def clean_riding(self) -> int | None:
        """Find the riding's number."""
        typed = self.cleaned_data["riding"].strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and len(typed) == FED_NUMBER_LENGTH:
            return int(typed)
        found = ridings_named(typed)
        if len(found) != 1:
            raise ValidationError(_("There is no one riding of this name: write its number."))
        return found[0].number

    def clean(self) -> None:
        """Refuse what would be everybody."""
        if self.errors:
            return
        values = {name: self.cleaned_data.get(name) for name in Criteria.names()}
        self.criteria = Criteria(**{name: _plain(value) for name, value in values.items()})
        if self.criteria.is_empty:
            raise ValidationError(
                _("Say what these signatures have in common: without any criterion it would be everybody.")
            )


def _plain(value: Any) -> Any:  # noqa: ANN401 — the values of fields
    return (
        value.astimezone(UTC).isoformat()
        if isinstance(value, datetime)
        else value or ("" if value != 0 else 0)
    )


class ExportForm(forms.Form):
    """What kind of file."""

    kind = forms.ChoiceField(
        label=_("File"),
        choices=[("csv", _("CSV, any number of rows")), ("xlsx", _("XLSX, for spreadsheets"))],
        widget=forms.RadioSelect,
        initial="csv",
    )
    has_mark = forms.BooleanField(
        label=_("Mark the CSV as UTF-8, so that Excel shows accents"), required=False, initial=True
    )
