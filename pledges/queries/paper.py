"""Sheets on paper, for captains; cards to print."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from coop4canada.templatetags.formats import full_address
from pledges.enums import LineFlag, LineState
from pledges.models import PaperLine, PaperSheet
from ridings.queries.codes import live_ridings
from supporters.models import Supporter
from supporters.queries import Records
from supporters.queries.wordings import current_wordings

MOST_SHEETS = 200


@dataclass(frozen=True)
class SheetRow:
    """A sheet of a riding, and how far it is: lines that wait, were accepted, were refused."""

    code: str
    waiting: int
    accepted: int
    refused: int
    last_keyed_on: date


@dataclass(frozen=True)
class PaperWords:
    """What stands on paper in one language; `consents` are (words, purpose)."""

    language: str
    riding: str
    consents: tuple[str, ...]


def sheets_of(riding_number: int) -> tuple[SheetRow, ...]:
    """Return the sheets of a riding, the latest first."""
    rows = PaperSheet.objects.filter(riding_number=riding_number, lines__isnull=False)
    counted = rows.annotate(
        waiting=Count("lines", filter=Q(lines__state=LineState.WAITING)),
        accepted=Count("lines", filter=Q(lines__state=LineState.ACCEPTED)),
        refused=Count("lines", filter=Q(lines__state=LineState.REFUSED)),
        last=Max("lines__keyed_at"),
    ).order_by("-last", "code")
    found = counted.values_list("code", "waiting", "accepted", "refused", "last")[:MOST_SHEETS]
    return tuple(SheetRow(code, waiting, yes, no, last.date()) for code, waiting, yes, no, last in found)


def flag_labels(flags: str) -> list[str]:
    """Return what the flags of a line say."""
    return [str(LineFlag(flag).label) for flag in flags.split()]


def name_of_riding(number: int) -> str | None:
    """Return the name of a riding in force in the active language; None if there is none."""
    riding = live_ridings([number]).get(number)
    return riding.name if riding else None


def paper_words(
    language: str, riding_number: int | None, *, purposes: Collection[str]
) -> tuple[PaperWords, ...]:
    """Return what stands on paper, once for each language asked for: `en`, `fr` or `both`.

    `purposes`: those whose consent there is room to ask for.
    """
    languages = ("en", "fr") if language == "both" else (language,)
    riding = live_ridings([riding_number]).get(riding_number) if riding_number else None
    wordings = [row for row in current_wordings() if row.purpose in purposes]
    return tuple(
        PaperWords(
            code,
            getattr(riding, f"name_{code}") if riding else "",
            tuple(getattr(wording, f"text_{code}") for wording in wordings),
        )
        for code in languages
    )


def code_drawing(language: str) -> str:
    """Return the QR code of the pledge page as SVG without styles, which the security policy would not let pass."""
    return segno.make(pledge_address(language), error="m").svg_inline(omitsize=True, border=2)


def pledge_address(language: str) -> str:
    """Return the full address of the page on which one pledges, below the home of the language."""
    with translation.override("fr" if language == "fr" else "en"):
        return full_address(reverse("home") + "pledge/")


def records_of(*, supporter: Supporter) -> Records:
    """Return what is kept of a person from paper, for them to see and take away."""
    lines = PaperLine.objects.filter(
        Q(pledge__supporter=supporter) | Q(email_key=supporter.email_key)
    ).select_related("sheet")
    rows: list[tuple[Any, ...]] = [
        (str(line.sheet), line.name, line.postal_code, line.email, line.phone, str(line.get_state_display()))
        for line in lines.order_by("pk")
    ]
    columns = (_("Sheet"), _("Name"), _("Postal code"), _("E-mail"), _("Phone"), _("State"))
    return Records(_("On paper"), columns, tuple(rows))
