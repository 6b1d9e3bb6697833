"""By how many votes ridings were decided."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ridings.enums import BoundaryStatus
from ridings.models import Result
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
