"""The accounts of the ledger: balances, the trial balance, and what each project holds against its thermometer."""

from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from polls.enums import Account
from polls.models import LedgerLine, PollProject


@dataclass(frozen=True)
class AccountRow:
    """Debits, credits (as positive cents) and balance of an account, of one project where it has any."""

    account: str
    project: str
    debit_cents: int
    credit_cents: int

    @property
    def balance_cents(self) -> int:
        """Debits less credits."""
        return self.debit_cents - self.credit_cents

    @property
    def label(self) -> str:
        """Name of the account in the active language."""
        return str(Account(self.account).label)


@dataclass(frozen=True)
class TrialBalance:
    """Every account; the balance of all is zero, or the database has been tampered with."""

    rows: tuple[AccountRow, ...]

    @property
    def debit_cents(self) -> int:
        """All debits."""
        return sum(row.debit_cents for row in self.rows)

    @property
    def credit_cents(self) -> int:
        """All credits, as positive cents."""
        return sum(row.credit_cents for row in self.rows)

    @property
    def balance_cents(self) -> int:
        """Zero."""
        return self.debit_cents - self.credit_cents


@dataclass(frozen=True)
class ProjectAccount:
    """A project as the ledger sees it: received, spent, and left."""

    project: PollProject
    received_cents: int
    spent_cents: int

    @property
    def left_cents(self) -> int:
        """What may still be spent; below zero where more was given back than is left."""
        return self.received_cents - self.spent_cents

    @property
    def is_short(self) -> bool:
        """More was spent than is held."""
        return self.left_cents < 0


def trial_balance() -> TrialBalance:
    """Return the sums of every account, projects apart, in the order of the accounts."""
    order = {account.value: place for place, account in enumerate(Account)}
    sums = LedgerLine.objects.values("account", "project").annotate(
        debit=Coalesce(Sum("amount_cents", filter=Q(amount_cents__gt=0)), 0),
        credit=Coalesce(Sum("amount_cents", filter=Q(amount_cents__lt=0)), 0),
    )
    rows = sorted(sums, key=lambda row: (order[row["account"]], row["project"] or 0))
    names = {row.project.pk: _name(row.project) for row in project_accounts()}
    return TrialBalance(
        tuple(
            AccountRow(row["account"], names.get(row["project"] or 0, ""), row["debit"], -row["credit"])
            for row in rows
        )
    )


def project_accounts() -> tuple[ProjectAccount, ...]:
    """Return every project that money ever came for, newest first."""
    received: dict[int, int] = {}
    spent: dict[int, int] = {}
    lines = LedgerLine.objects.filter(project__isnull=False).values_list("account", "project")
    for account, project, total in lines.annotate(total=Sum("amount_cents")).order_by("project"):
        sums, sign = (received, -1) if account == Account.PROJECT else (spent, 1)
        sums[project] = sums.get(project, 0) + sign * total
    projects = PollProject.objects.filter(pk__in={*received, *spent}).select_related("riding")
    return tuple(
        ProjectAccount(row, received.get(row.pk, 0), spent.get(row.pk, 0)) for row in projects.order_by("-pk")
    )


def _name(project: PollProject) -> str:
    return f"{project.pk}: {project.riding.number} {project.riding.name}"
