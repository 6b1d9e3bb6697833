"""By how many votes ridings were decided."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery

from ridings.enums import BoundaryStatus, RidingClass
from ridings.models import ClassificationRun, Result, Riding, RidingVerdict
from ridings.queries.charts import ResultChart


@dataclass(frozen=True)
class Margin:
    """By how many votes a riding was decided, and in which year."""

    votes: int
    year: int


def last_margins(numbers: Collection[int]) -> dict[int, Margin]:
    """Return the margins of the last election on the boundaries in force, by FED number; not where nobody ran second."""
    rows = Result.objects.filter(riding__number__in=numbers, riding__boundary_set__status=BoundaryStatus.LIVE)
    votes: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    years: dict[int, int] = {}
    for number, election, held_on, count in rows.values_list(
        "riding__number", "election__number", "election__held_on", "votes"
    ):
        votes[number][election].append(count)
        years[election] = held_on.year
    margins = {}
    for number, by_election in votes.items():
        newest = max(by_election)
        margin = _margin(by_election[newest])
        if margin is not None:
            margins[number] = Margin(margin, years[newest])
    return margins


def projected_leads(numbers: Collection[int]) -> dict[int, float]:
    """Return by which share the first leads the second in the newest projection, by FED number; not where there is none."""
    rows = _newest_verdicts().filter(riding__number__in=numbers).values_list("riding__number", "numbers")
    leads = {number: _lead(figures) for number, figures in rows}
    return {number: lead for number, lead in leads.items() if lead is not None}


def closest_swing_ridings(most: int) -> list[Riding]:
    """Return the swing ridings of the newest run with the smallest projected leads, the closest first."""
    swing = _newest_verdicts().filter(riding_class=RidingClass.SWING).select_related("riding")
    leads = [(_lead(verdict.numbers), verdict.riding) for verdict in swing.order_by("riding__number")]
    known = [(lead, riding) for lead, riding in leads if lead is not None]
    return [riding for _lead_of_it, riding in sorted(known, key=lambda pair: pair[0])[:most]]


def _newest_verdicts() -> QuerySet[RidingVerdict]:
    newest = ClassificationRun.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("-pk")
    return RidingVerdict.objects.filter(run=Subquery(newest.values("pk")[:1]))


def _lead(figures: Mapping[str, Any]) -> float | None:
    shares = sorted(figures.get("projected", {}).values(), reverse=True)
    return shares[0] - shares[1] if len(shares) > 1 else None


def margin_of(charts: Iterable[ResultChart]) -> Margin | None:
    """Return the margin that the newest of a riding's charts shows, newest first; None where nobody ran second."""
    newest = next(iter(charts), None)
    if newest is None:
        return None
    margin = _margin([bar.votes for bar in newest.bars])
    return None if margin is None else Margin(margin, newest.year)


def _margin(votes: list[int]) -> int | None:
    first, second = (*sorted(votes, reverse=True), 0, 0)[:2]
    return first - second if second else None
