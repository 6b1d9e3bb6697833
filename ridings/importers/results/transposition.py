"""Official transpositions: the last vote counted on the boundaries of the next election."""

from collections import defaultdict

from ridings.importers.files import Row, Table, whole_number
from ridings.importers.results.entries import Entry, RidingKey, TurnoutEntry, VoteFile
from ridings.importers.results.official import riding_number, votes_in

LONG_COLUMNS = ("FED_NUM", "Political_Party_EN", "Transposed_Votes")
NUMBER_2013 = "2013 FED Number"
# Columns of the 2011 to 2013 file and our party codes.
PARTIES_2011 = {
    "Conservative votes": "CPC",
    "NDP-New Democratic Party votes": "NDP",
    "Liberal votes": "LPC",
    "Bloc Québécois votes": "BQ",
    "Green Party votes": "GPC",
    "Other votes": "OTH",
}


def is_long(table: Table) -> bool:
    """Say whether this has a row for each riding and party, as published since 2023."""
    return table.has(*LONG_COLUMNS)


def read_long(table: Table) -> VoteFile:
    """Read the form published since 2023; a party that got no vote has no row of ours."""
    entries = [
        Entry(
            row,
            RidingKey(riding_number(table, row, "FED_NUM"), row["FED_EN"]),
            votes_in(table, row, "Transposed_Votes"),
            party_label=row["Political_Party_EN"],
        )
        for row in table.rows
    ]
    return VoteFile(table, entries=[entry for entry in entries if entry.votes])


def is_2011(table: Table) -> bool:
    """Say whether this is the file of 2011 votes on the 2013 ridings."""
    return table.has(NUMBER_2013, *PARTIES_2011)


def read_2011(table: Table) -> VoteFile:
    """Add up the pieces of old ridings that make each new one; the footnotes have no FED number."""
    votes: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    first: dict[int, Row] = {}
    electors: dict[int, int] = defaultdict(int)
    for row in table.rows:
        if not row[NUMBER_2013]:
            continue
        number = riding_number(table, row, NUMBER_2013)
        first.setdefault(number, row)
        electors[number] += whole_number(row["Electors on lists"]) or 0
        for name, code in PARTIES_2011.items():
            votes[number][code] += votes_in(table, row, name)
    keys = {number: RidingKey(number, row["2013 FED Name"]) for number, row in first.items()}
    entries = [
        Entry(first[number], keys[number], count, party_code=code)
        for number, counts in votes.items()
        for code, count in counts.items()
        if count
    ]
    turnouts = [
        TurnoutEntry(first[number], key, valid=sum(votes[number].values()), electors=electors[number])
        for number, key in keys.items()
    ]
    return VoteFile(table, entries=entries, turnouts=turnouts)
