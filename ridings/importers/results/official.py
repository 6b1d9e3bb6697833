"""Elections Canada's own result tables: tables 11 and 12, and the results service.

Headers are English or English/French; 38 and 39 have no riding numbers.
"""

from collections.abc import Iterator

from ridings.importers.files import Row, Table, whole_number
from ridings.importers.results.entries import Entry, RidingKey, TurnoutEntry, VoteFile
from ridings.rules.ballot_line import is_acclaimed
from ridings.rules.fed_number import BadFedNumber, parse_fed_number

# Counts of the results service, the later one wins: night of the election, returning officer, judge.
RANK_OF_COUNT = {"preliminary": 0, "validated": 1, "judicially certified": 2}


def column(table: Table, *beginnings: str) -> str:
    """Return the first column that begins with one of the texts, or "" if there is none."""
    return next((name for start in beginnings for name in table.columns if name.startswith(start)), "")


def riding_number(table: Table, row: Row, name: str) -> int:
    """Return the FED number in a cell; the error names the line."""
    try:
        return parse_fed_number(row[name])
    except BadFedNumber as error:
        raise table.refuse(row, str(error)) from error


def votes_in(table: Table, row: Row, name: str) -> int:
    """Return the count in a cell; the error names the line."""
    votes = whole_number(row[name])
    if votes is None:
        raise table.refuse(
            row, f"“{row[name]}” is not a number of votes: it must be a whole number, 0 or more."
        )
    return votes


def is_table_12(table: Table) -> bool:
    """Say whether this is table 12: votes by candidate."""
    return bool(column(table, "Candidate") and column(table, "Votes Obtained", "Number of Votes"))


def read_table_12(table: Table) -> VoteFile:
    """Read table 12; a majority in the row marks who was elected."""
    return VoteFile(table, entries=list(_table_12(table)))


def _key(table: Table, row: Row) -> RidingKey:
    number = column(table, "Electoral District Number")
    name = row[column(table, "Electoral District Name", "Electoral District/", "District")]
    return RidingKey(riding_number(table, row, number) if number else None, name, row["Province"])


def _table_12(table: Table) -> Iterator[Entry]:
    votes_column = column(table, "Votes Obtained", "Number of Votes")
    majority_column = column(table, "Majority", "Number Majority")
    candidate_column = column(table, "Candidate")
    for row in table.rows:
        glued, majority = row[candidate_column], row[majority_column]
        acclaimed = is_acclaimed(row[votes_column]) or (not row[votes_column] and bool(majority))
        yield Entry(
            row=row,
            riding=_key(table, row),
            votes=None if acclaimed else votes_in(table, row, votes_column),
            glued=glued,
            is_elected=acclaimed or bool(majority),
        )


def is_table_11(table: Table) -> bool:
    """Say whether this is table 11: electors and ballots by riding."""
    return bool(column(table, "Valid Ballots") and column(table, "Electors"))


def read_table_11(table: Table) -> VoteFile:
    """Read table 11."""
    valid = column(table, "Valid Ballots")
    electors, rejected = column(table, "Electors"), column(table, "Rejected Ballots")
    return VoteFile(
        table,
        turnouts=[
            TurnoutEntry(
                row,
                _key(table, row),
                valid=votes_in(table, row, valid),
                electors=whole_number(row[electors]),
                rejected=whole_number(row[rejected]),
            )
            for row in table.rows
        ],
    )


def is_results_service(table: Table) -> bool:
    """Say whether this is the results service's table of candidates."""
    return bool(column(table, "Electoral district number - ") and column(table, "Surname - "))


def read_results_service(table: Table) -> VoteFile:
    """Read the results service: of several counts of a riding the most final one; footnotes passed over."""
    number, kind = column(table, "Electoral district number - "), column(table, "Type of results")
    rows = [row for row in table.rows if row[number] and not row[number].startswith("*")]
    final: dict[int, int] = {}
    for row in rows:
        if row[kind] not in RANK_OF_COUNT:
            raise table.refuse(
                row, f"“{row[kind]}” is no known type of results ({', '.join(RANK_OF_COUNT)})."
            )
        riding = riding_number(table, row, number)
        final[riding] = max(final.get(riding, 0), RANK_OF_COUNT[row[kind]])
    kept = [row for row in rows if RANK_OF_COUNT[row[kind]] == final[riding_number(table, row, number)]]
    return VoteFile(
        table, entries=[_service_entry(table, row) for row in kept], turnouts=_service_turnouts(table, kept)
    )


def _service_entry(table: Table, row: Row) -> Entry:
    votes_column = column(table, "Votes obtained - ")
    names = (row[column(table, start)] for start in ("Given name", "Middle name", "Surname"))
    acclaimed = is_acclaimed(row[votes_column])
    return Entry(
        row=row,
        riding=_service_key(table, row),
        votes=None if acclaimed else votes_in(table, row, votes_column),
        party_label=f"{row['Political affiliation']}/{row['Appartenance politique']}",
        person=" ".join(name for name in names if name),
        is_elected=acclaimed,
    )


def _service_key(table: Table, row: Row) -> RidingKey:
    number = riding_number(table, row, column(table, "Electoral district number - "))
    return RidingKey(number, row["Electoral district name"])


def _service_turnouts(table: Table, rows: list[Row]) -> list[TurnoutEntry]:
    cast, rejected = column(table, "Total number of ballots cast"), column(table, "Rejected ballots")
    by_riding = {_service_key(table, row): row for row in rows}
    return [
        TurnoutEntry(
            row,
            key,
            valid=votes_in(table, row, cast) - (whole_number(row[rejected]) or 0),
            rejected=whole_number(row[rejected]),
        )
        for key, row in by_riding.items()
    ]
