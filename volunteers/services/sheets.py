"""Keying in a printed sheet: a line once, whoever does it; another outcome only after the first was seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from volunteers.enums import Outcome
from volunteers.models import WalkSheet
from volunteers.queries.door_sheets import SheetRow, line_id, sheet_page
from volunteers.services.visits import Receipt, Visit, record_visits


@dataclass(frozen=True)
class KeyedSheet:
    """How many lines are new, the same as before, replaced, refused; and the numbers of those that differ.

    Where any differs, nothing at all was written.
    """

    new: int = 0
    same: int = 0
    replaced: int = 0
    refused: int = 0
    differing: tuple[int, ...] = ()


@transaction.atomic
def key_sheet(
    *,
    sheet: WalkSheet,
    outcomes: Mapping[int, Outcome],
    replacing: frozenset[int],
    visited_at: datetime,
    now: datetime,
) -> KeyedSheet:
    """Record what stands on lines of a sheet as visits of whoever carried it; two people at one sheet wait for each other.

    `replacing`: lines of which the earlier entry was seen and is to be corrected.
    """
    WalkSheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    rows = [row for row in sheet_page(sheet, now).rows if row.number in outcomes and row.door_id]
    same = [row for row in rows if row.attempt and row.outcome == outcomes[row.number]]
    others = [row for row in rows if row.attempt and row.outcome != outcomes[row.number]]
    differing = tuple(row.number for row in others if row.number not in replacing)
    if differing:
        return KeyedSheet(same=len(same), differing=differing)
    fresh = [row for row in rows if not row.attempt]
    visits = [_visit(sheet, row, outcomes[row.number], visited_at) for row in (*fresh, *others)]
    answers = record_visits(canvasser=sheet.checkout.holder, checkout=sheet.checkout, visits=visits, now=now)
    taken = [answer.receipt in (Receipt.ACCEPTED, Receipt.KNOWN) for answer in answers]
    new, replaced = sum(taken[: len(fresh)]), sum(taken[len(fresh) :])
    return KeyedSheet(new, len(same), replaced, refused=len(taken) - new - replaced)


def _visit(sheet: WalkSheet, row: SheetRow, outcome: Outcome, visited_at: datetime) -> Visit:
    first = line_id(sheet, row.number)
    return Visit(
        client_id=uuid5(first, f"{row.count} {outcome}") if row.attempt else first,
        door_id=row.door_id or 0,
        outcome=outcome,
        happened_at=visited_at,
        corrects=row.attempt.client_id if row.attempt else None,
        address=row.address,
        mark=row.mark_of(sheet.checkout_id),
    )
