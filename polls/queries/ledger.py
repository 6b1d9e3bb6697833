"""What the ledger says: balances of accounts, and where a gift's money is."""

from django.db.models import Sum

from polls.enums import Account
from polls.models import LedgerLine


def balances() -> dict[str, int]:
    """Return {account: cents}, debits positive; they add up to zero."""
    rows = LedgerLine.objects.values_list("account").annotate(total=Sum("amount_cents")).order_by("account")
    return dict(rows)


def received_cents(project: int) -> int:
    """Return what is held for a project, in cents: what its thermometer shows as received."""
    lines = LedgerLine.objects.filter(account=Account.PROJECT, project_id=project)
    return -(lines.aggregate(total=Sum("amount_cents"))["total"] or 0)


def places_of_gift(contribution: int) -> dict[int | None, int]:
    """Return {project id, or None for the general fund: cents} of one gift as it stands now; {} once nothing is left."""
    lines = LedgerLine.objects.filter(
        entry__contribution=contribution, account__in=[Account.PROJECT, Account.GENERAL]
    )
    totals = lines.values_list("project").annotate(total=Sum("amount_cents")).order_by("project")
    return {project: -total for project, total in totals if total}


def left_cents(project: int) -> int:
    """Return what is held for a project and not yet spent, in cents."""
    lines = LedgerLine.objects.filter(account__in=[Account.PROJECT, Account.SPENT], project_id=project)
    return -(lines.aggregate(total=Sum("amount_cents"))["total"] or 0)
