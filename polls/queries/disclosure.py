"""What the ledger says of gifts and spending, for the returns."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from polls.enums import Account, EntryKind
from polls.models import LedgerLine
from polls.queries.limits import ASSETS, limits_of_day
from polls.rules.disclosure import Contributions, Giver, Movement, Period, Spending, contributions
from polls.rules.legal_days import beginning_of, legal_day
from polls.rules.limits import Limits

# Columns of a contribution, in the order of `Giver`.
GIVER = ("person_key", "name", "street", "city", "province", "postal_code")


class LimitsUnknown(LookupError):
    """No figures of the law are entered for that day."""


@dataclass(frozen=True)
class Disclosure:
    """All that a return says of a period."""

    period: Period
    limits: Limits
    contributions: Contributions
    spending: tuple[Spending, ...]


def disclosure_of(period: Period) -> Disclosure:
    """Return the figures of a period by the threshold that holds on its last day.

    Raises: LimitsUnknown.
    """
    limits = limits_of_day(period.ends_on)
    if limits is None:
        raise LimitsUnknown
    return Disclosure(period, limits, contributions(_movements(), period, limits), tuple(_spending(period)))


def _movements() -> Iterable[Movement]:
    """Return what came and went of every gift; moves between polls and fees change nothing of it."""
    lines = LedgerLine.objects.filter(entry__contribution__isnull=False, account__in=ASSETS)
    columns = (
        "entry__contribution", "entry__kind", "entry__at", "entry__contribution__received_on",
        *(f"entry__contribution__{name}" for name in GIVER),
    )  # fmt: skip
    rows = lines.exclude(entry__kind=EntryKind.FEE).values_list("entry", *columns)
    for row in rows.annotate(total=Sum("amount_cents")).order_by("entry").iterator():
        _entry, gift, kind, at, received_on, *who, cents = row
        if cents:
            # A cheque counts on the day it came, not on the day it was entered or confirmed.
            is_coming = kind == EntryKind.GIFT
            day = received_on if is_coming and received_on else legal_day(at)
            yield Movement(gift, Giver(*who), EntryKind(kind), day, cents)


def _spending(period: Period) -> Iterable[Spending]:
    lines = LedgerLine.objects.filter(
        account=Account.SPENT, entry__at__gte=beginning_of(period.begins_on)
    ).select_related("entry", "project__riding")
    for line in lines.order_by("entry__at", "pk"):
        day = legal_day(line.entry.at)
        if day in period and line.project is not None:
            riding = line.project.riding
            yield Spending(
                day, line.entry.category, riding.number, riding.name, line.entry.memo, line.amount_cents
            )
