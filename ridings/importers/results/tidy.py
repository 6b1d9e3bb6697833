"""Tidy result tables: one header, FED numbers, party codes."""

from collections.abc import Mapping

from ridings.importers.files import Table, whole_number
from ridings.importers.results.entries import Entry, RidingKey, TurnoutEntry, VoteFile
from ridings.importers.results.official import riding_number, votes_in
from ridings.rules.ballot_line import is_acclaimed

CANDIDATE_COLUMNS = ("fed_num", "candidate", "party_code", "votes")
TURNOUT_COLUMNS = ("fed_num", "election", "valid", "electors")
LONG_COLUMNS = ("fed_num", "party_code", "votes")


def is_candidates(table: Table) -> bool:
    """Say whether this has a row for each candidate."""
    return table.has(*CANDIDATE_COLUMNS)


def read_candidates(table: Table, election: int) -> VoteFile:
    """Read the rows of one election; a table without that column is of one election only."""
    rows = [row for row in table.rows if not table.has("election") or row["election"] == str(election)]
    return VoteFile(
        table,
        entries=[
            Entry(
                row=row,
                riding=RidingKey(riding_number(table, row, "fed_num"), row["fed_name_en"]),
                votes=None if is_acclaimed(row["votes"]) else votes_in(table, row, "votes"),
                party_code=row["party_code"],
                person=row["candidate"],
                is_incumbent=row["incumbent"] in {"1", "1.0"},
                is_elected=row["elected"] == "1" or is_acclaimed(row["votes"]),
            )
            for row in rows
        ],
    )


def is_turnout(table: Table) -> bool:
    """Say whether this has electors and ballots by riding and election."""
    return table.has(*TURNOUT_COLUMNS)


def read_turnout(table: Table, election: int) -> VoteFile:
    """Read electors and ballots of one election."""
    rows = [row for row in table.rows if row["election"] == str(election)]
    return VoteFile(
        table,
        turnouts=[
            TurnoutEntry(
                row,
                RidingKey(riding_number(table, row, "fed_num")),
                valid=votes_in(table, row, "valid"),
                electors=whole_number(row["electors"]),
                rejected=whole_number(row["rejected"]),
            )
            for row in rows
        ],
    )


def is_wide(table: Table, codes: Mapping[str, int]) -> bool:
    """Say whether this has a row for each riding and a column for each party code."""
    return table.has("fed_num", "valid") and len(set(table.columns) & set(codes)) > 1


def read_wide(table: Table, codes: Mapping[str, int]) -> VoteFile:
    """Read votes by party; a party with no vote in a riding did not run there and gets no row."""
    parties = [name for name in table.columns if name in codes]
    electors = "electors" if table.has("electors") else "electors_on_lists"
    entries, turnouts = [], []
    for row in table.rows:
        key = RidingKey(riding_number(table, row, "fed_num"), row["fed_name_en"] or row["name_en"])
        counts = {code: votes_in(table, row, code) for code in parties if row[code]}
        entries += [Entry(row, key, votes, party_code=code) for code, votes in counts.items() if votes]
        turnouts.append(
            TurnoutEntry(
                row,
                key,
                valid=votes_in(table, row, "valid"),
                electors=whole_number(row[electors]),
                rejected=whole_number(row["rejected"]),
            )
        )
    return VoteFile(table, entries=entries, turnouts=turnouts)


def is_long(table: Table) -> bool:
    """Say whether this has a row for each riding and party."""
    return table.has(*LONG_COLUMNS) and not is_candidates(table)


def read_long(table: Table) -> VoteFile:
    """Read votes by riding and party code."""
    return VoteFile(
        table,
        entries=[
            Entry(
                row,
                RidingKey(riding_number(table, row, "fed_num"), row["name_en"]),
                votes_in(table, row, "votes"),
                party_code=row["party_code"],
            )
            for row in table.rows
        ],
    )
