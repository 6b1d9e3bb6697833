"""Writing elections: results, candidates, turnout."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, QuerySet

from ridings.enums import BoundaryStatus, ResultBasis
from ridings.models import BoundarySet, Candidate, Election, Result, Riding, Turnout
from ridings.rules.search_text import search_text
from ridings.services.recompute import request_recompute


class ResultsRefused(Exception):
    """Results cannot be written this way; the message says why and what to do."""


@dataclass(frozen=True)
class CandidateFacts:
    """A person on a ballot; `votes` is None if acclaimed or not counted yet."""

    riding_id: int
    party_id: int
    name: str
    votes: int | None
    is_incumbent: bool = False
    is_elected: bool = False


@dataclass(frozen=True)
class TurnoutFacts:
    """Ballots of a riding; figures a source does not give are None."""

    riding_id: int
    valid: int
    electors: int | None = None
    rejected: int | None = None


@dataclass(frozen=True)
class VoteLoad:
    """Everything about one election on one boundary set that a file gives.

    `votes` is {(riding id, party id): votes}; it and the candidates cover the ridings in `riding_ids`.
    """

    election: Election
    basis: ResultBasis
    riding_ids: Collection[int]
    votes: dict[tuple[int, int], int]
    candidates: Sequence[CandidateFacts] = ()
    turnouts: Sequence[TurnoutFacts] = ()
    other_names: dict[int, set[str]] = field(default_factory=dict)


def held_election(*, number: int, held_on: date, order: str, riding_count: int) -> Election:
    """Return the election, recorded if it is new, with the boundary set it was held on."""
    boundary_set, _ = BoundarySet.objects.get_or_create(
        code=order, defaults={"riding_count": riding_count, "status": BoundaryStatus.FORMER}
    )
    election, _ = Election.objects.get_or_create(
        number=number, defaults={"held_on": held_on, "boundary_set": boundary_set}
    )
    return election


@transaction.atomic
def replace_results(*, load: VoteLoad) -> bool:
    """Write the results of the load's ridings in place of what was there; say whether anything changed.

    Raises: ResultsRefused if a transposition would take the place of an actual count.
    """
    mine = Result.objects.filter(election=load.election, riding__in=load.riding_ids)
    if load.basis != ResultBasis.ACTUAL and mine.filter(basis=ResultBasis.ACTUAL).exists():
        raise ResultsRefused(
            f"election {load.election.number} was held on these boundaries: its actual count is loaded and "
            "is not "
            "replaced by a transposition"
        )
    changed = [_replace(mine, list(_results(load)), ("riding_id", "party_id", "votes", "basis"))]
    if load.candidates:
        changed.append(_replace_candidates(load))
    changed += [_write_turnouts(load), add_other_names(names=load.other_names)]
    if any(changed):
        request_recompute(cause=f"results of election {load.election.number} loaded ({load.basis})")
    return any(changed)


def _results(load: VoteLoad) -> Iterable[Result]:
    for (riding_id, party_id), votes in sorted(load.votes.items()):
        yield Result(
            election=load.election, riding_id=riding_id, party_id=party_id, votes=votes, basis=load.basis
        )


def _replace(there: "QuerySet[Model]", rows: Sequence[Model], fields: Sequence[str]) -> bool:
    """Put the rows in place of those there unless they say the same; say whether they differed."""
    before = sorted(there.values_list(*fields), key=repr)
    if before == sorted((tuple(getattr(row, name) for name in fields) for row in rows), key=repr):
        return False
    there.delete()
    there.model._default_manager.bulk_create(rows)  # noqa: SLF001 — Django's documented way to a manager
    return True


def _replace_candidates(load: VoteLoad) -> bool:
    rows = [
        Candidate(
            election=load.election,
            riding_id=row.riding_id,
            party_id=row.party_id,
            name=row.name,
            votes=row.votes,
            is_incumbent=row.is_incumbent,
            is_elected=row.is_elected,
        )
        for row in load.candidates
    ]
    there = Candidate.objects.filter(election=load.election, riding__in=load.riding_ids)
    fields = ("riding_id", "party_id", "name", "votes", "is_incumbent", "is_elected")
    return _replace(there, rows, fields)


def _write_turnouts(load: VoteLoad) -> bool:
    there = {
        row.riding_id: row
        for row in Turnout.objects.filter(election=load.election, riding__in=load.riding_ids)
    }
    changed = []
    for facts in load.turnouts:
        old = there.get(facts.riding_id)
        # A file without electors must not wipe those that another file gave for the same count.
        same_count = old is not None and old.valid == facts.valid
        electors = facts.electors if facts.electors is not None or not (old and same_count) else old.electors
        rejected = facts.rejected if facts.rejected is not None or not (old and same_count) else old.rejected
        row = Turnout(
            election=load.election,
            riding_id=facts.riding_id,
            electors=electors,
            valid=facts.valid,
            rejected=rejected,
        )
        if old is None or (old.electors, old.valid, old.rejected) != (row.electors, row.valid, row.rejected):
            changed.append(row)
    Turnout.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["election", "riding"],
        update_fields=["electors", "valid", "rejected"],
    )
    return bool(changed)


@transaction.atomic
def add_other_names(*, names: dict[int, set[str]]) -> bool:
    """Add names by which sources call ridings, {riding id: names}; say whether one was new."""
    changed = []
    for riding in Riding.objects.filter(pk__in=names):
        known = {riding.name_en, riding.name_fr, *riding.other_names}
        new = sorted(names[riding.pk] - known)
        if new:
            riding.other_names = [*riding.other_names, *new]
            riding.search_text = search_text(
                [riding.name_en, riding.name_fr, *riding.other_names], riding.number
            )
            changed.append(riding)
    Riding.objects.bulk_update(changed, ["other_names", "search_text"])
    return bool(changed)


@transaction.atomic
def replace_candidates(*, load: VoteLoad) -> bool:
    """Write who stands in the load's ridings, votes or none; say whether anything changed."""
    return any([_replace_candidates(load), add_other_names(names=load.other_names)])
