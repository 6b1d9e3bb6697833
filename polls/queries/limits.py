"""The law's figures in force, and how near we are to them: always counted from the ledger."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import Q, Sum

from polls.enums import Account, ContributionState, EntryKind, SpendingCategory
from polls.models import Contribution, LedgerLine, LegalLimits
from polls.rules.legal_days import beginning_of, legal_day
from polls.rules.limits import Limits, Meter, back_by, is_too_much, limits_on
from ridings.models import Riding

# Where money is ours, whatever it is for: what a gift has here is what its giver gave and did not get back.
ASSETS = (Account.PROVIDER, Account.BANK, Account.DISPUTED)
REGULATED = tuple(category for category in SpendingCategory if category != SpendingCategory.OTHER)


@dataclass(frozen=True)
class RidingMeter:
    """Regulated expenses in one riding."""

    riding: Riding
    meter: Meter


@dataclass(frozen=True)
class Meters:
    """Regulated expenses of a period against its limits; ridings by number, those without expenses left out."""

    registration: Meter
    national: Meter
    ridings: tuple[RidingMeter, ...]


@dataclass(frozen=True)
class ToReturn:
    """A gift that is looked at because it may not be used, and the day by which it must have gone back."""

    contribution: Contribution
    back_by: dt.date
    is_late: bool


def limits_at(now: dt.datetime) -> Limits | None:
    """Return the figures in force at a moment; None where none are entered."""
    return limits_on(_all_limits(), legal_day(now))


def limits_of_day(day: dt.date) -> Limits | None:
    """Return the figures in force on a day."""
    return limits_on(_all_limits(), day)


def given_cents(person_key: str, *, since: dt.date) -> int:
    """Return what a person gave from a day on, in all and across all polls, less what went back.

    Promises of saved cards count too: they become gifts without being asked again.
    """
    gifts = Contribution.objects.filter(person_key=person_key, created_at__gte=beginning_of(since))
    lines = LedgerLine.objects.filter(entry__contribution__in=gifts, account__in=ASSETS).exclude(
        entry__kind=EntryKind.FEE
    )
    received: int = lines.aggregate(total=Sum("amount_cents"))["total"] or 0
    waiting = [ContributionState.SAVED, ContributionState.CHARGING, ContributionState.FAILING]
    promised = gifts.filter(state__in=waiting).aggregate(total=Sum("amount_cents"))["total"] or 0
    return received + promised


def gave_too_much(person_key: str, *, now: dt.datetime) -> bool:
    """Return whether a person has given more than the law, or counsel, lets one person give in this period."""
    limits = limits_at(now)
    if limits is None or limits.largest_gift_cents is None:
        return False
    return is_too_much(given_cents(person_key, since=limits.counts_from), limits)


def meters_of(limits: Limits) -> Meters:
    """Return what is used of the limits of a period."""
    spent = spent_by_riding(since=limits.counts_from)
    total = sum(spent.values())
    ridings = Riding.objects.in_bulk(spent)
    rows = [RidingMeter(ridings[pk], Meter(cents, limits.riding_cents)) for pk, cents in spent.items()]
    return Meters(
        registration=Meter(total, limits.registration_cents),
        national=Meter(total, limits.national_cents),
        ridings=tuple(sorted(rows, key=lambda row: row.riding.number)),
    )


def spent_by_riding(*, since: dt.date) -> dict[int, int]:
    """Return {riding id: cents} of regulated expenses from a day on, in the caller's transaction."""
    lines = LedgerLine.objects.filter(
        account=Account.SPENT, entry__category__in=REGULATED, entry__at__gte=beginning_of(since)
    )
    rows = (
        lines.values_list("project__riding").annotate(total=Sum("amount_cents")).order_by("project__riding")
    )
    return {riding: total for riding, total in rows if riding is not None}


def gifts_to_return(limits: Limits, *, now: dt.datetime) -> tuple[ToReturn, ...]:
    """Return the gifts that are held for a person to look at and whose money is here, the most urgent first."""
    here = Q(state=ContributionState.SETTLED, settled_at__isnull=False)
    rows = Contribution.objects.filter(here).exclude(held_reason="").order_by("settled_at", "pk")
    today = legal_day(now)
    found = []
    for row in rows:
        until = back_by(row.received_on or legal_day(row.settled_at or now), limits)
        found.append(ToReturn(row, until, today > until))
    return tuple(sorted(found, key=lambda one: (one.back_by, one.contribution.pk)))


def _all_limits() -> Iterable[Limits]:
    names = [field.name for field in fields(Limits)]
    return [Limits(**row) for row in LegalLimits.objects.order_by("valid_from").values(*names)]
