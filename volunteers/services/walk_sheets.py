"""Printing a walk sheet: what stands on which line is kept, so that it can be keyed in."""

from datetime import datetime

from django.db import transaction

from supporters.models import User
from volunteers.models import TurfCheckout, WalkSheet, WalkSheetLine
from volunteers.queries.canvass import doors_of
from volunteers.rules.checkouts import sheet_expiry


class NothingToPrint(Exception):
    """The turf is back or past its day, or no door in it may be visited."""


class CodeTaken(Exception):
    """Another sheet has this code."""


@transaction.atomic
def print_sheet(*, checkout_id: int, code: str, by: User, now: datetime) -> WalkSheet:
    """Keep what stands on a sheet that is about to be printed; asked again with its code, it is the same sheet.

    Doors that want no contact by now are not on it.
    Raises: NothingToPrint, CodeTaken.
    """
    rows = TurfCheckout.objects.select_for_update(of=("self",), no_key=True).select_related("turf")
    checkout = rows.get(pk=checkout_id)
    known = WalkSheet.objects.filter(code=code).first()
    if known is not None:
        if known.checkout_id != checkout.pk:
            raise CodeTaken
        return known
    doors = doors_of(checkout.turf)
    if checkout.ended_at is not None or checkout.due_at <= now or not doors:
        raise NothingToPrint
    expires_at = sheet_expiry(printed_at=now, due_at=checkout.due_at)
    sheet = WalkSheet.objects.create(
        code=code, checkout=checkout, printed_at=now, printed_by=by, expires_at=expires_at
    )
    WalkSheetLine.objects.bulk_create(
        [
            WalkSheetLine(sheet=sheet, line_number=number, door=door)
            for number, door in enumerate(doors, start=1)
        ]
    )
    return sheet
