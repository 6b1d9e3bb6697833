"""Loading a result file from beginning to end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ridings.enums import ResultBasis
from ridings.importers.files import FileRefused, Table
from ridings.importers.results.entries import Entry, TurnoutEntry, VoteFile
from ridings.importers.results.formats import read_votes
from ridings.importers.results.matching import (
    PartyFinder,
    RidingFinder,
    create_missing_parties,
    refuse_unknown_parties,
)
from ridings.models import BoundarySet, Election
from ridings.rules.ballot_line import BallotLine
from ridings.rules.elections import GENERAL_ELECTIONS
from ridings.rules.fed_number import RIDINGS_OF_ORDER
from ridings.services.loading import (
    CandidateFacts,
    ResultsRefused,
    TurnoutFacts,
    VoteLoad,
    held_election,
    replace_results,
)

# Transposed votes are rounded party by party and riding by riding.
TRANSPOSITION_ROUNDING = 15

Report = Callable[[str], None]


@dataclass(frozen=True)
class ResultOptions:
    """How a result file is to be loaded."""

    election: int
    boundary_set: str = ""
    basis: ResultBasis = ResultBasis.ACTUAL
    held_on: date | None = None
    turnout: Path | None = None
    partial: bool = False
    create_parties: bool = False


def load_results(path: Path, options: ResultOptions, *, report: Report) -> str:
    """Load the results of one election and return a sentence about it.

    Raises: FileRefused; the caller's transaction then leaves nothing behind.
    """
    election, boundary_set = election_and_set(options)
    parties = PartyFinder()
    files = [
        read_votes(file, election=options.election, codes=parties.by_code) for file in _files(path, options)
    ]
    if not files[0].entries:
        raise FileRefused(f"{path.name} has ballots but no votes: give it as --turnout.")
    lines = party_lines(
        files[0].table, files[0].entries, parties, create=options.create_parties, report=report
    )
    load = _matched(files, lines, parties, RidingFinder(boundary_set), (election, options))
    try:
        changed = replace_results(load=load)
    except ResultsRefused as error:
        raise FileRefused(f"{path.name}: {error}.") from error
    return (
        f"Election {election.number} on boundaries {boundary_set.code}: {len(load.riding_ids)} ridings, "
        f"{sum(load.votes.values()):,} votes" + ("." if changed else ", unchanged.")
    )


def _files(path: Path, options: ResultOptions) -> list[Path]:
    return [path, options.turnout] if options.turnout else [path]


def election_and_set(options: ResultOptions) -> tuple[Election, BoundarySet]:
    """Return the election and the set its votes lie on, recording an election not met before."""
    known = Election.objects.filter(number=options.election).select_related("boundary_set").first()
    held_on, order = GENERAL_ELECTIONS.get(options.election, (options.held_on, options.boundary_set))
    order = known.boundary_set.code if known else order
    boundary_set = BoundarySet.objects.filter(code=options.boundary_set or order).first()
    if boundary_set is None or not boundary_set.ridings.exists():
        raise FileRefused(
            f"Boundary set {options.boundary_set or order or '?'} is not loaded: load it with "
            "import_boundaries "
            "first, or name another with --boundary-set."
        )
    if known:
        return known, boundary_set
    if held_on is None or not order:
        raise FileRefused(
            f"When election {options.election} was held is not known here: say it with --held-on and "
            "--boundary-set."
        )
    count = RIDINGS_OF_ORDER.get(order, boundary_set.riding_count)
    return held_election(
        number=options.election, held_on=held_on, order=order, riding_count=count
    ), boundary_set


def party_lines(
    table: Table, entries: Sequence[Entry], parties: PartyFinder, *, create: bool, report: Report
) -> list[BallotLine]:
    """Return who stands for which party, entry by entry.

    Args:
        table: the file, for messages.
        entries: its rows.
        parties: finder of parties; read anew where some are created.
        create: create parties for labels that no party has, instead of refusing the file.
        report: called with a sentence about parties created.

    Raises: FileRefused naming the unknown labels.
    """
    lines = [parties.line(entry) for entry in entries]
    if parties.unknown and not create:
        raise refuse_unknown_parties(table, parties.unknown)
    if parties.unknown:
        codes = create_missing_parties(sorted(parties.unknown))
        report(f"Parties created, to be completed in the admin: {', '.join(codes)}.")
        parties.reload()
        return party_lines(table, entries, parties, create=False, report=report)
    return [line for line in lines if line]


def _matched(
    files: Sequence[VoteFile],
    lines: Sequence[BallotLine],
    parties: PartyFinder,
    finder: RidingFinder,
    what: tuple[Election, ResultOptions],
) -> VoteLoad:
    election, options = what
    table = files[0].table
    votes: dict[tuple[int, int], int] = defaultdict(int)
    candidates: dict[int, list[CandidateFacts]] = defaultdict(list)
    seen: set[int] = set()
    for entry, line in zip(files[0].entries, lines, strict=True):
        riding = finder.find_or_refuse(table, entry.row, entry.riding)
        party_id = parties.by_code[line.party_code]
        seen.add(riding.pk)
        if entry.votes is not None:
            votes[riding.pk, party_id] += entry.votes
        if line.name:
            candidates[riding.pk].append(candidate_facts(riding.pk, party_id, line, entry))
    if not options.partial and seen != finder.all_ids:
        missing = sorted(finder.number_of(pk) for pk in finder.all_ids - seen)
        raise FileRefused(
            f"{table.name} has {len(seen)} of the {len(finder.all_ids)} ridings of boundary set "
            f"{finder.code}; missing "
            f"are {missing[:5]}. It may be cut off; use --partial if that is meant."
        )
    return VoteLoad(
        election=election,
        basis=options.basis,
        riding_ids=seen,
        votes=dict(votes),
        candidates=[person for people in candidates.values() for person in _with_winner(people)],
        turnouts=_turnouts(files, votes, finder, options.basis, seen),
        other_names=finder.other_names,
    )


def candidate_facts(riding_id: int, party_id: int, line: BallotLine, entry: Entry) -> CandidateFacts:
    """Return a candidate of a known riding and party."""
    return CandidateFacts(riding_id, party_id, line.name, entry.votes, line.is_incumbent, entry.is_elected)


def _with_winner(people: Sequence[CandidateFacts]) -> Iterable[CandidateFacts]:
    """Yield a riding's candidates; where the file marks nobody, a single highest count is elected."""
    counts = sorted((person.votes for person in people if person.votes is not None), reverse=True)
    marked = any(person.is_elected for person in people)
    clear = not marked and bool(counts) and counts.count(counts[0]) == 1
    for person in people:
        won = person.is_elected or (clear and person.votes == counts[0])
        yield CandidateFacts(
            person.riding_id, person.party_id, person.name, person.votes, person.is_incumbent, is_elected=won
        )


def _turnouts(
    files: Sequence[VoteFile],
    votes: dict[tuple[int, int], int],
    finder: RidingFinder,
    basis: ResultBasis,
    seen: set[int],
) -> list[TurnoutFacts]:
    """Return the ballots of each riding; where a file gives the valid ones, the votes must add up to them."""
    slack = 0 if basis == ResultBasis.ACTUAL else TRANSPOSITION_ROUNDING
    added: dict[int, int] = dict.fromkeys(sorted(seen), 0)
    for (riding_id, _), count in votes.items():
        added[riding_id] += count
    given: dict[int, TurnoutEntry] = {}
    for file in files:
        for entry in file.turnouts:
            riding = finder.find_or_refuse(file.table, entry.row, entry.riding)
            # An acclaimed riding has no ballots to compare.
            if added.get(riding.pk) and abs(entry.valid - added[riding.pk]) > slack:
                raise file.table.refuse(
                    entry.row,
                    f"the votes of riding {riding} add up to {added[riding.pk]:,}, not to the "
                    f"{entry.valid:,} valid "
                    "ballots given: one of the two is wrong.",
                )
            given[riding.pk] = entry
    return [
        TurnoutFacts(pk, valid, given[pk].electors, given[pk].rejected)
        if pk in given
        else TurnoutFacts(pk, valid)
        for pk, valid in added.items()
    ]
