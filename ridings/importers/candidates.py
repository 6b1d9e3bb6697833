"""Who stands where, before or after the vote."""

from collections import defaultdict
from pathlib import Path

from ridings.importers.files import FileRefused, Row, Table, read_table
from ridings.importers.results.entries import Entry, RidingKey
from ridings.importers.results.load import (
    Report,
    ResultOptions,
    candidate_facts,
    election_and_set,
    party_lines,
)
from ridings.importers.results.matching import PartyFinder, RidingFinder
from ridings.importers.results.official import column, riding_number
from ridings.models import Candidate, Election
from ridings.services.loading import CandidateFacts, VoteLoad, replace_candidates


def load_candidates(path: Path, options: ResultOptions, *, report: Report) -> str:
    """Load a list of candidates without votes and return a sentence about it.

    Where votes are loaded already, nothing is taken away: the list then only confirms who stood.
    Raises: FileRefused.
    """
    election, boundary_set = election_and_set(options)
    table = read_table(path)
    entries = [_entry(table, row) for row in table.rows]
    parties, finder = PartyFinder(), RidingFinder(boundary_set)
    lines = party_lines(table, entries, parties, create=options.create_parties, report=report)
    people: dict[int, list[CandidateFacts]] = defaultdict(list)
    for entry, line in zip(entries, lines, strict=True):
        riding = finder.find_or_refuse(table, entry.row, entry.riding)
        people[riding.pk].append(candidate_facts(riding.pk, parties.by_code[line.party_code], line, entry))
    load = VoteLoad(
        election=election,
        basis=options.basis,
        riding_ids=set(people),
        votes={},
        candidates=[person for persons in people.values() for person in persons],
        other_names=finder.other_names,
    )
    if _are_counted(election, load):
        return f"Candidates of election {election.number}: counted already, their votes stay."
    replace_candidates(load=load)
    return f"Candidates of election {election.number}: {len(load.candidates)} in {len(people)} ridings."


def _are_counted(election: Election, load: VoteLoad) -> bool:
    return Candidate.objects.filter(
        election=election, riding__in=load.riding_ids, votes__isnull=False
    ).exists()


def _entry(table: Table, row: Row) -> Entry:
    """Read a row of a tidy list (given_name, …) or of the official one (bilingual headers)."""
    number = "fed_num" if table.has("fed_num") else column(table, "Electoral district number")
    if not number:
        raise FileRefused(f"{table.name} is no list of candidates: it has no riding numbers.")
    name = " ".join(part for start in _NAME_COLUMNS for part in [_first(table, row, start)] if part)
    if not name:
        raise table.refuse(row, "the candidate has no name.")
    label = "/".join((_first(table, row, _LABEL_EN), _first(table, row, _LABEL_FR)))
    return Entry(
        row=row,
        riding=RidingKey(riding_number(table, row, number)),
        votes=None,
        party_code=row["party_code"],
        party_label=label,
        person=name,
        is_incumbent=row["incumbent"] in {"1", "1.0", "**"},
    )


_NAME_COLUMNS = (
    ("candidate", "Candidate"),
    ("given_name", "Given name"),
    ("middle_name", "Middle name"),
    ("family_name", "Surname"),
)
_LABEL_EN = ("party_en", "Political affiliation")
_LABEL_FR = ("party_fr", "Appartenance politique")


def _first(table: Table, row: Row, beginnings: tuple[str, ...]) -> str:
    return row[column(table, *beginnings)]
