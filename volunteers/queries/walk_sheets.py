"""A walk sheet as it is printed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import segno
from django.http import Http404
from django.urls import reverse

from coop4canada.templatetags.formats import full_address
from ridings.queries.clocks import riding_clocks
from ridings.rules.clocks import EASTERN
from volunteers.models import Door, WalkSheet
from volunteers.rules.checkouts import SHEET_CODE


@dataclass(frozen=True)
class SheetLine:
    """A line: its number and door; `is_struck` where the door is gone or wants no contact since the sheet was printed."""

    number: int
    door: Door | None

    @property
    def is_struck(self) -> bool:
        """Say whether nobody may go there any more."""
        return self.door is None or self.door.suppressed_at is not None


@dataclass(frozen=True)
class SheetPage:
    """A sheet with its lines by street, times by the riding's clock, and the code that opens it on a phone."""

    sheet: WalkSheet
    streets: tuple[tuple[str, tuple[SheetLine, ...]], ...]
    printed_at: datetime
    expires_at: datetime
    address: str
    drawing: str
    is_expired: bool
    struck_count: int


def sheet_or_404(riding_number: int, code: str) -> WalkSheet:
    """Return a sheet of a turf of this riding's team."""
    rows = WalkSheet.objects.select_related("checkout__turf__team", "checkout__holder")
    sheet = rows.filter(code=code, checkout__turf__team__riding_number=riding_number).first()
    if sheet is None or not SHEET_CODE.fullmatch(code):
        raise Http404
    return sheet


def sheet_page(sheet: WalkSheet, now: datetime) -> SheetPage:
    """Return a sheet ready to print, with what has changed since it was printed."""
    rows = sheet.lines.select_related("door").order_by("line_number")
    lines = [SheetLine(row.line_number, row.door) for row in rows]
    streets = tuple(
        (street, tuple(group))
        for street, group in groupby(lines, key=lambda line: line.door.street if line.door else "")
    )
    clock = riding_clocks().get(sheet.checkout.turf.team.riding_number or 0)
    zone = ZoneInfo((clock.clock if clock else EASTERN).zone)
    address = full_address(reverse("doors:walk", args=[sheet.checkout_id]))
    has_ended = sheet.checkout.ended_at is not None
    return SheetPage(
        sheet,
        streets,
        sheet.printed_at.astimezone(zone),
        sheet.expires_at.astimezone(zone),
        address,
        # Without styles, which the security policy would not let pass.
        segno.make(address, error="m").svg_inline(omitsize=True, border=2),
        is_expired=sheet.expires_at <= now or has_ended,
        struck_count=sum(line.is_struck for line in lines),
    )
