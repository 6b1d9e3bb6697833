"""Answers of a question as organizers write them: a small table inside the question's own form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from coop4canada.kit.text import slug
from supporters.forms.fields import readable
from volunteers.enums import Effect
from volunteers.rules.scripts import Choice

ROWS = 6
LABEL_LENGTH, KEY_LENGTH = 120, 40
_COLUMNS = ("key", "label_en", "label_fr", "effect", "leads_to")


class AnswersWidget(forms.Widget):
    """Rows of key, words in both languages, effect, and the question that follows."""

    template_name = "admin/volunteers/answers.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401
        """Return the rows that are filled in, and empty ones."""
        context = super().get_context(name, value, attrs)
        rows = [dict(zip(_COLUMNS, _cells(choice), strict=True)) for choice in value or ()]
        empty = dict.fromkeys(_COLUMNS, "")
        context["rows"] = [*rows, *[empty] * max(1, ROWS - len(rows))]
        context["effects"] = Effect.choices
        return context

    def _render(self, template_name: str, context: dict[str, Any], _renderer: Any = None) -> SafeString:  # noqa: ANN401
        # The site's own templates, which Django's renderer of forms does not look through.
        return render_to_string(template_name, context)

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> list[Choice]:  # noqa: ANN401
        """Return the rows in which something was typed."""
        columns = [_sent(data, f"{name}-{column}") for column in _COLUMNS]
        rows = [Choice(*row) for row in zip(*columns, strict=False)]
        return [row for row in rows if any(_cells(row))]

    def value_omitted_from_data(self, _data: Mapping[str, Any], _files: Any, _name: str) -> bool:  # noqa: ANN401
        """Say that the rows are always sent, if empty."""
        return False


class AnswersField(forms.Field):
    """The answers of a question; a row without a key gets one from its English words."""

    widget = AnswersWidget

    def clean(self, value: Any) -> tuple[Choice, ...]:  # noqa: ANN401 — whatever a form sends
        """Return the answers.

        Raises: ValidationError where words lack or are too long.
        """
        return tuple(_read(choice) for choice in value or ())

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401
        """Compare row by row."""
        return tuple(initial or ()) != tuple(data or ())


def _read(typed: Choice) -> Choice:
    english, french = readable(typed.label_en).strip(), readable(typed.label_fr).strip()
    if not english or not french:
        raise ValidationError(_("Write every answer in English and in French."))
    if max(len(english), len(french)) > LABEL_LENGTH:
        raise ValidationError(_("An answer has 120 characters at most."))
    if typed.effect not in Effect.values:
        raise ValidationError(_("Choose what the answer does from the list."))
    key = slug(readable(typed.key) or english)[:KEY_LENGTH].strip("-")
    return Choice(key, english, french, typed.effect, slug(readable(typed.leads_to))[:KEY_LENGTH])


def _cells(choice: Choice) -> tuple[str, ...]:
    return (choice.key, choice.label_en, choice.label_fr, choice.effect, choice.leads_to)


def _sent(data: Mapping[str, Any], name: str) -> list[str]:
    return list(data.getlist(name)) if isinstance(data, MultiValueDict) else []
