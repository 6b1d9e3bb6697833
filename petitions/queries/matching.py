"""Many signatures by what they have in common, and what a decision over them would touch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from petitions.enums import BulkTarget
from petitions.models import Signature
from petitions.querysets import has_suspicion, is_within
from petitions.rules.criteria import Criteria
from petitions.rules.review import bulk_sources

SAMPLES = 10
LARGEST = 5

_CONDITIONS: dict[str, Callable[[Any], Q]] = {
    "name": lambda value: Q(name__icontains=value),
    "email": lambda value: Q(supporter__email_key=value),
    "domain": lambda value: Q(email_domain=value),
    "network": is_within,
    "postal_prefix": lambda value: Q(postal_code__startswith=value),
    "riding": lambda value: Q(riding_number=value),
    "state": lambda value: Q(state=value),
    "suspicion": has_suspicion,
    "created_from": lambda value: Q(created_at__gte=datetime.fromisoformat(value)),
    "created_to": lambda value: Q(created_at__lt=datetime.fromisoformat(value)),
}


def signatures_matching(*, petition_id: int, criteria: Criteria, target: str) -> QuerySet[Signature]:
    """Return the signatures of a petition that fit, in states from which the decision leads to the target."""
    rows = Signature.objects.filter(petition_id=petition_id, state__in=bulk_sources(target))
    if target == BulkTarget.CONFIRMED:
        rows = rows.filter(confirmed_at__isnull=False)
    for name, value in criteria.as_json().items():
        rows = rows.filter(_CONDITIONS[name](value))
    return rows


@dataclass(frozen=True)
class Preview:
    """What a decision would touch: how many up to which id, some of them, and how they are made up."""

    count: int
    last_signature_id: int
    first_at: datetime | None
    last_at: datetime | None
    samples: tuple[Signature, ...]
    by_state: tuple[tuple[str, int], ...]
    by_domain: tuple[tuple[str, int], ...]
    by_network: tuple[tuple[str, int], ...]
    by_riding: tuple[tuple[int | None, int], ...]


def preview_of(*, petition_id: int, criteria: Criteria, target: str) -> Preview:
    """Count what a decision would touch now."""
    rows = signatures_matching(petition_id=petition_id, criteria=criteria, target=target)
    sums = rows.aggregate(
        count=Count("pk"), last=Max("pk"), first_at=Min("created_at"), last_at=Max("created_at")
    )
    return Preview(
        count=sums["count"],
        last_signature_id=sums["last"] or 0,
        first_at=sums["first_at"],
        last_at=sums["last_at"],
        samples=tuple(rows.select_related("supporter").order_by("-pk")[:SAMPLES]),
        by_state=_largest(rows, "state"),
        by_domain=_largest(rows, "email_domain"),
        by_network=_largest(rows, "origin"),
        by_riding=_largest(rows, "riding_number"),
    )


def _largest(rows: QuerySet[Signature], column: str) -> tuple[tuple[Any, int], ...]:
    groups = rows.values_list(column).annotate(count=Count("pk")).order_by("-count", column)
    return tuple(groups[:LARGEST])
