"""Results as files: of a riding for its captains, without names and phones; the register that the law asks for."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from coop4canada.kit.export import harmless
from volunteers.models import Attempt, CalledNumber, ElectionPeriod, ScriptVersion
from volunteers.queries.results import counted
from volunteers.queries.scripts import draft_of, register_of_scripts

BATCH = 1000
Line = list[str]


@dataclass(frozen=True)
class Register:
    """What is kept of an election period: file names with their lines, and texts of the scripts."""

    tables: dict[str, Iterator[Line]]
    texts: dict[str, str]


def result_lines(riding_number: int) -> Iterator[Line]:
    """Yield the attempts of a riding, the newest first: what came of them, at which door; nobody's name, phone or note."""
    yield [_("when (UTC)"), _("way"), _("door"), _("outcome"), _("won over"), _("pledge"), _("answers")]
    rows = counted(Attempt.objects.filter(riding_number=riding_number)).select_related("door")
    ordered = rows.prefetch_related("answers__option", "answers__question").order_by("-happened_at", "-pk")
    for row in ordered.iterator(chunk_size=BATCH):
        chosen = [
            f"{answer.question.key}: {answer.option.label}" for answer in row.answers.all() if answer.option
        ]
        cells = [
            f"{row.happened_at:%Y-%m-%d %H:%M}",
            row.get_channel_display(),
            row.door.line if row.door else "",
            row.get_outcome_display(),
            _("yes") if row.is_success else "",
            _("yes") if row.took_pledge else "",
            "; ".join(sorted(chosen)),
        ]
        yield [harmless(cell) for cell in cells]


def register_of(period: ElectionPeriod) -> Register:
    """Return scripts with the dates of their use and every number called in an election period.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 348.19.
    """
    versions = ScriptVersion.objects.filter(published_at__isnull=False).select_related("script")
    texts = {f"script-{v.script_id}-version-{v.version}.txt": _text(v) for v in versions.order_by("pk")}
    tables = {"scripts.csv": _uses(), "numbers.csv": _numbers(period.begins_on, period.polling_on)}
    return Register(tables, texts)


def _uses() -> Iterator[Line]:
    uses = register_of_scripts()
    head = [field.name for field in fields(uses[0])] if uses else []
    return chain([head], ([harmless(cell) for cell in astuple(use)] for use in uses))


def _numbers(first: date, last: date) -> Iterator[Line]:
    yield ["called_on", "number", "riding", "script", "version"]
    rows = CalledNumber.objects.filter(called_on__range=(first, last)).order_by("called_on", "pk")
    columns = ("called_on", "e164", "riding_number", "script_version__script_id", "script_version__version")
    for row in rows.values_list(*columns).iterator(chunk_size=BATCH):
        # A number begins with "+", which spreadsheets take for a formula.
        yield [harmless(cell) for cell in row]


def _text(version: ScriptVersion) -> str:
    """Return a version word by word, in both languages."""
    draft = draft_of(version)
    lines = [f"{version.script.name} · {version.version}", version.content_hash, ""]
    for language in ("en", "fr"):
        lines += [f"[{language}]", getattr(draft, f"opening_{language}"), ""]
        for step in draft.steps:
            lines.append(getattr(step, f"text_{language}"))
            lines += [f"- {getattr(choice, f'label_{language}')}" for choice in step.choices]
            lines.append("")
    return "\n".join(lines)
