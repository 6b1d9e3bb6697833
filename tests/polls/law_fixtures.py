"""Money for tests of the law: gifts and bills as the ledger has them."""

import datetime as dt
from typing import Any

from polls.enums import Account, ContributionState, EntryKind, Provider, SpendingCategory
from polls.models import Contribution, LegalLimits, PollProject
from polls.rules.bookkeeping import Line, place_of, purpose
from polls.rules.person_key import person_key
from polls.services.expenses import Expense
from polls.services.ledger import Booking, book
from tests.make import NOON
from tests.polls import builders

DAY = dt.timedelta(days=1)


def law(**fields: Any) -> LegalLimits:
    """Enter figures from a month before noon on."""
    day = (NOON - 30 * DAY).date()
    values = {"counts_from": day, "reporting_cents": 20_000, "registration_cents": 50_000, "source": "test"}
    row, _ = LegalLimits.objects.update_or_create(valid_from=day, defaults={**values, **fields})
    return row


def gift(
    cents: int,
    *,
    name: str = "Amara Diallo",
    project: PollProject | None = None,
    at: dt.datetime = NOON,
    **fields: Any,
) -> Contribution:
    """Make a gift whose money is here, booked at a moment."""
    email = fields.setdefault("email", f"{name.split(maxsplit=1)[0].lower()}@example.org")
    key = person_key(name=name, address_key=email, postal_code="K1A0B1")
    settled = {"state": ContributionState.SETTLED, "settled_at": at, "created_at": at}
    facts = {"amount_cents": cents, "name": name, "person_key": key, "project": project, **settled}
    row = builders.contribution(**{**facts, **fields})
    lines = (Line(place_of(row.provider), cents), purpose(row.project_id, -cents))
    book(Booking(f"gift:{row.public_id}", EntryKind.GIFT, lines, contribution=row), now=at)
    return row


def went_back(row: Contribution, cents: int, *, at: dt.datetime, kind: EntryKind = EntryKind.REFUND) -> None:
    """Book money of a gift back."""
    source = Account.DISPUTED if kind == EntryKind.DISPUTE_LOST else place_of(row.provider)
    lines = (purpose(row.project_id, cents), Line(source, -cents))
    book(Booking(f"{kind}:{row.pk}:{at.isoformat()}", kind, lines, contribution=row), now=at)


def bill(project: PollProject, cents: int, key: str = "bill", **fields: Any) -> Expense:
    """Describe a bill of a pollster."""
    values = {
        "category": SpendingCategory.ELECTION_SURVEY,
        "paid_from": Account.BANK,
        "memo": "Oraclepoll, bill 7",
    }
    return Expense(key=key, project=project, amount_cents=cents, **{**values, **fields})


def offline(**fields: Any) -> dict[str, Any]:
    """Return what a confirmed cheque has besides."""
    return {"provider": Provider.OFFLINE, "offline_method": "cheque", **fields}
