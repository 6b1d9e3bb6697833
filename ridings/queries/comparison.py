"""What a local poll is compared with: the last result of its riding and the projection in force."""

from collections.abc import Mapping
from dataclasses import dataclass

from ridings.models import Result, Riding
from ridings.queries.runs import last_run_on
from ridings.rules.votes import shares_of


@dataclass(frozen=True)
class Comparison:
    """Shares 0–1 by party code; empty where there are none, and `year` is then None."""

    year: int | None
    last: Mapping[str, float]
    projected: Mapping[str, float]


def comparison_of(riding: Riding) -> Comparison:
    """Return the shares of the newest election on the boundaries of a riding, and those projected now."""
    rows = Result.objects.filter(riding=riding).order_by("-election__number")
    votes: dict[str, int] = {}
    year, newest = None, None
    for number, held_on, code, count in rows.values_list(
        "election__number", "election__held_on", "party__code", "votes"
    ):
        newest = newest or number
        if number != newest:
            break
        year, votes[code] = held_on.year, count
    run = last_run_on(riding.boundary_set)
    verdict = run.verdicts.filter(riding=riding).first() if run else None
    projected = verdict.numbers.get("projected", {}) if verdict else {}
    return Comparison(year, shares_of(votes) if votes else {}, projected)
