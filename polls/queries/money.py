"""What pages show of the money: thermometers and givers, from the ledger and from promises, never from a remembered sum."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Min, QuerySet, Sum
from django.utils.translation import gettext as _

from coop4canada.kit.panels import Records
from polls.enums import Account, ContributionState
from polls.models import Contribution, LedgerLine
from polls.rules.amounts import write_amount
from supporters.models import Supporter

# Cards that were declined promise nothing until they are mended.
PROMISING = (ContributionState.SAVED, ContributionState.CHARGING)


@dataclass(frozen=True)
class Thermometer:
    """How far a project is: cents that are here, cents of saved cards, and how many people gave or promised them."""

    received_cents: int = 0
    promised_cents: int = 0
    giver_count: int = 0


def thermometers(project_ids: Iterable[int]) -> dict[int, Thermometer]:
    """Return the thermometer of each project; two queries."""
    ids = list(project_ids)
    received: dict[int, int] = defaultdict(int)
    promised: dict[int, int] = defaultdict(int)
    givers: dict[int, set[str]] = defaultdict(set)
    for project, person, total in _held(ids):
        received[project] -= total
        if person is not None and total < 0:
            givers[project].add(person)
    for project, person, total in _promises(ids):
        promised[project] += total
        givers[project].add(person)
    return {pk: Thermometer(received[pk], promised[pk], len(givers[pk])) for pk in ids}


def public_givers(project_id: int) -> list[str]:
    """Return the names of people whose money lies with a project and who want to be named, first givers first."""
    lines = LedgerLine.objects.filter(
        account=Account.PROJECT, project=project_id, entry__contribution__is_anonymous=False
    )
    rows = lines.values_list("entry__contribution__person_key").annotate(
        total=Sum("amount_cents"), first=Min("entry__at"), name=Min("entry__contribution__name")
    )
    return list(rows.filter(total__lt=0).order_by("first", "name").values_list("name", flat=True))


def records_of(*, supporter: Supporter) -> Records:
    """Return the gifts of a person, for them to see and take away."""
    rows = Contribution.objects.filter(supporter=supporter).select_related("project__riding").order_by("pk")
    columns = (_("Given"), _("Amount"), _("For"), _("State"), _("Receipt"), _("Name"), _("Address"))
    return Records(_("Gifts for polls"), columns, tuple(_record(row) for row in rows))


def keep_givers(*, supporter_ids: Collection[int]) -> set[int]:
    """Return those of these people to whom mails about a gift may still be due."""
    gifts = Contribution.objects.filter(supporter__in=supporter_ids)
    kept = gifts.exclude(state__in=[ContributionState.LAPSED, ContributionState.RELEASED])
    return set(kept.values_list("supporter", flat=True))


def _record(row: Contribution) -> tuple[str, ...]:
    return (
        row.created_at.isoformat(timespec="seconds"),
        write_amount(row.amount_cents, "en"),
        row.project.riding.name if row.project else _("General poll fund"),
        str(row.get_state_display()),
        f"{row.receipt_number:06}" if row.receipt_number else "",
        row.name,
        f"{row.street}, {row.city} {row.province} {row.postal_code}",
    )


def _held(ids: list[int]) -> QuerySet[LedgerLine, tuple[int, str | None, int]]:
    lines = LedgerLine.objects.filter(account=Account.PROJECT, project__in=ids)
    rows = lines.values_list("project", "entry__contribution__person_key")
    return rows.annotate(total=Sum("amount_cents")).order_by("project")


def _promises(ids: list[int]) -> QuerySet[Contribution, tuple[int, str, int]]:
    rows = Contribution.objects.filter(project__in=ids, state__in=PROMISING)
    return rows.values_list("project", "person_key").annotate(total=Sum("amount_cents")).order_by("project")
