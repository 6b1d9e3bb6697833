"""Paying pollsters out of what people gave for a poll; never more than is there, never beyond the limits of the law.

Money that was spent stays where its gifts were booked, and stands against it on the account of what was paid: what a
project received does not shrink when its poll is paid.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from coop4canada.kit.db import lock_for_transaction
from polls.enums import Account, EntryKind, SpendingCategory
from polls.models import LedgerEntry, PollProject
from polls.queries.ledger import left_cents
from polls.queries.limits import REGULATED, limits_at, spent_by_riding
from polls.rules.bookkeeping import Line
from polls.rules.limits import Meter
from polls.services.ledger import Booking, book
from supporters.models import User


class NotSpendable(ValueError):
    """The expense cannot be made; the message says why, for organizers."""


@dataclass(frozen=True)
class Expense:
    """A bill that is paid: `key` is the form's, so that sent twice it is paid once."""

    key: str
    project: PollProject
    amount_cents: int
    category: SpendingCategory
    paid_from: Account
    memo: str


@transaction.atomic
def record_expense(*, expense: Expense, by: User, now: dt.datetime) -> bool:
    """Book a bill as paid; returns whether it was booked now: said again it is not.

    Raises: NotSpendable.
    """
    # One after the other: limits are counted over all projects.
    lock_for_transaction("polls.expenses")
    project = PollProject.objects.select_for_update(of=("self",), no_key=True).get(pk=expense.project.pk)
    key = f"expense:{expense.key}"
    if LedgerEntry.objects.filter(key=key).exists():
        return False
    _check_amount(expense)
    meters = _meters(expense, project, now) if expense.category in REGULATED else {}
    for name, meter in meters.items():
        if name != "registration" and meter.is_passed:
            raise NotSpendable(_passed(name))
    lines = (
        Line(Account.SPENT, expense.amount_cents, project.pk),
        Line(expense.paid_from, -expense.amount_cents),
    )
    booking = Booking(key, EntryKind.EXPENSE, lines, category=expense.category, memo=expense.memo, by=by)
    book(booking, now=now)
    for name, meter in meters.items():
        _warn(name, meter, project, now)
    return True


@transaction.atomic
def reverse_expense(*, entry: LedgerEntry, reason: str, by: User, now: dt.datetime) -> bool:
    """Book a bill back that was entered wrongly, or that the pollster returned; returns whether it was booked now.

    Raises: NotSpendable if the entry is no expense, or is such a reversal itself.
    """
    lock_for_transaction("polls.expenses")
    if entry.kind != EntryKind.EXPENSE or entry.key.startswith("expense-reversed:"):
        raise NotSpendable(_("Only an expense can be reversed."))
    lines = [
        Line(Account(line.account), -line.amount_cents, line.project_id)
        for line in entry.lines.order_by("pk")
    ]
    key = f"expense-reversed:{entry.pk}"
    booking = Booking(key, EntryKind.EXPENSE, lines, category=entry.category, memo=reason, by=by)
    return book(booking, now=now)


def _check_amount(expense: Expense) -> None:
    """Raise NotSpendable unless the amount is one, comes from a place where money is, and the project has it."""
    if expense.amount_cents <= 0:
        raise NotSpendable(_("Write an amount above nothing."))
    if expense.paid_from not in (Account.BANK, Account.PROVIDER):
        raise NotSpendable(_("Bills are paid from the bank or from the payment provider."))
    if not expense.memo.strip():
        raise NotSpendable(_("Say what was paid: firm and number of the bill."))
    if expense.amount_cents > left_cents(expense.project.pk):
        raise NotSpendable(_("That is more than this project holds."))


def _meters(expense: Expense, project: PollProject, now: dt.datetime) -> dict[str, Meter]:
    """Return the meters as they are with this bill, by name.

    Raises: NotSpendable where nobody has entered the figures of the law.
    """
    limits = limits_at(now)
    if limits is None:
        raise NotSpendable(_("No limits of the law are entered for today: enter them first."))
    spent = spent_by_riding(since=limits.counts_from)
    total = sum(spent.values())
    before = {
        "registration": Meter(total, limits.registration_cents),
        "national": Meter(total, limits.national_cents),
        "riding": Meter(spent.get(project.riding_id, 0), limits.riding_cents),
    }
    return {name: meter.with_more(expense.amount_cents) for name, meter in before.items()}


def _passed(name: str) -> str:
    if name == "riding":
        return _("The limit of expenses in this riding would be passed.")
    return _("The national limit of expenses would be passed.")


def _warn(name: str, meter: Meter, project: PollProject, now: dt.datetime) -> None:
    """Tell organizers once that a part of a limit is used."""
    if not meter.level:
        return
    place = f"riding {project.riding.number}" if name == "riding" else name
    key = f"polls.limits:{name}:{project.riding_id if name == 'riding' else 0}:{meter.level}:{meter.limit_cents}"
    message = f"Regulated expenses have reached {meter.percent} % of the {place} limit."
    alert_organizers(key=key, message=message, now=now)
