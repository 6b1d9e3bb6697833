"""Booking money: the only place that writes the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from polls.enums import EntryKind
from polls.models import Contribution, LedgerEntry, LedgerLine
from polls.rules.bookkeeping import Line, checked
from supporters.models import User


@dataclass(frozen=True)
class Booking:
    """An entry to be booked; `key` says what it is about, so that nothing is booked twice."""

    key: str
    kind: EntryKind
    lines: Iterable[Line]
    contribution: Contribution | None = None
    category: str = ""
    memo: str = ""
    by: User | None = None


@transaction.atomic
def book(booking: Booking, *, now: datetime) -> bool:
    """Book an entry once: under a key that is booked already nothing happens; returns whether it was booked now.

    Raises: Unbalanced if the lines do not add up to zero.
    """
    kept = checked(booking.lines)
    entry = LedgerEntry(
        key=booking.key,
        kind=booking.kind,
        at=now,
        contribution=booking.contribution,
        category=booking.category,
        memo=booking.memo,
        by=booking.by,
    )
    LedgerEntry.objects.bulk_create([entry], ignore_conflicts=True)
    # `ignore_conflicts` does not say whether it wrote: the row that stands is ours if no lines hang on it yet.
    standing = LedgerEntry.objects.select_for_update(no_key=True).get(key=booking.key)
    if standing.lines.exists():
        return False
    LedgerLine.objects.bulk_create(
        LedgerLine(
            entry=standing, account=line.account, project_id=line.project, amount_cents=line.amount_cents
        )
        for line in kept
    )
    return True
