"""The disclosure report and the trial balance as tables, in the active language; amounts in dollars with a point."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from coop4canada.kit.export import harmless
from polls.enums import Account, EntryKind, SpendingCategory
from polls.queries.accounts import TrialBalance
from polls.queries.disclosure import Disclosure
from polls.rules.disclosure import Contributor, by_category, by_riding

Row = Sequence[str]


def disclosure_rows(report: Disclosure) -> Iterator[Row]:
    """Yield the header and every row: contributors, the others added up, expenses, and the facts of the report."""
    yield [
        _("Part"), _("Name"), _("Street"), _("City"), _("Province"), _("Postal code"), _("Class"), _("Date"),
        _("What"), _("Riding"), _("Amount ($)"),
    ]  # fmt: skip
    given = report.contributions
    for contributor in given.reported:
        yield from _contributor(contributor)
    yield _row(
        _("Contributions not above the threshold"),
        kind=_("Individual"),
        what=_("people: %(people)d; gifts: %(gifts)d")
        % {"people": given.other_people, "gifts": given.other_gifts},
        cents=given.other_cents,
    )
    yield _row(_("All contributions"), kind=_("Individual"), cents=given.total_cents)
    yield _row(_("Returned of gifts received before the period"), cents=given.returned_earlier_cents)
    yield from _spending(report)
    yield from _facts(report)


def _contributor(one: Contributor) -> Iterator[Row]:
    giver = one.giver
    who = [giver.name, giver.street, giver.city, giver.province, giver.postal_code]
    for movement in one.movements:
        what = str(EntryKind(movement.kind).label)
        yield _row(
            _("Contribution"), who, kind=_("Individual"), day=movement.day, what=what, cents=movement.cents
        )
    yield _row(_("Contributor in all"), who, kind=_("Individual"), cents=one.total_cents)


def _spending(report: Disclosure) -> Iterator[Row]:
    for paid in report.spending:
        what = f"{SpendingCategory(paid.category).label} – {paid.what}"
        place = f"{paid.riding_number} {paid.riding_name}"
        yield _row(_("Expense"), day=paid.day, what=what, place=place, cents=paid.cents)
    for category, cents in by_category(report.spending).items():
        yield _row(_("Expenses by category"), what=str(SpendingCategory(category).label), cents=cents)
    for (number, name), cents in by_riding(report.spending).items():
        yield _row(_("Expenses by riding"), place=f"{number} {name}", cents=cents)
    yield _row(_("All expenses"), cents=sum(paid.cents for paid in report.spending))


def _facts(report: Disclosure) -> Iterator[Row]:
    yield _row(_("First day of the period"), day=report.period.begins_on)
    yield _row(_("Last day of the period"), day=report.period.ends_on)
    yield _row(_("Threshold: reported by name above"), cents=report.limits.reporting_cents)


def _row(  # noqa: PLR0913 — the columns
    part: str,
    who: Sequence[str] = ("", "", "", "", ""),
    *,
    kind: str = "",
    day: dt.date | None = None,
    what: str = "",
    place: str = "",
    cents: int | None = None,
) -> Row:
    cells = [part, *who, kind, day.isoformat() if day else "", what, place]
    # Our own numbers are no formulas, and an apostrophe would make text of them.
    return [*map(harmless, cells), "" if cents is None else money(cents)]


def trial_balance_rows(balance: TrialBalance) -> Iterator[Row]:
    """Yield the header, every account with its debits, credits and balance, and the totals, which are equal."""
    yield [_("Account"), _("Poll project"), _("Debits ($)"), _("Credits ($)"), _("Balance ($)")]
    for row in balance.rows:
        label = str(Account(row.account).label)
        sums = [money(row.debit_cents), money(row.credit_cents), money(row.balance_cents)]
        yield [harmless(label), harmless(row.project), *sums]
    totals = [money(balance.debit_cents), money(balance.credit_cents), money(balance.balance_cents)]
    yield [_("Total"), "", *totals]


def money(cents: int) -> str:
    """Write cents as a number of dollars that spreadsheets of any language read from CSV: `-12.50`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"
